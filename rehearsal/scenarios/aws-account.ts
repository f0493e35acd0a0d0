import { startAccount } from '../aws/account';
import { Commands } from '../aws/commands';
import { oneStage } from '../aws/one-stage';
import type { Scenario } from '../scenario';

/** As `aws`, but in an account, without what would outlive it: the bootstrap, the roles of CI, and prod. */
export const scenario: Scenario = {
  title: 'A stage is deployed to an account of AWS, changed and removed with our own commands',
  run: async (run) => oneStage(new Commands(run), await startAccount(run), {}),
};
