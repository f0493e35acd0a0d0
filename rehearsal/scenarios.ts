import type { Scenario, ScenarioName } from './scenario';
import { aws } from './scenarios/aws';
import { crashes } from './scenarios/crashes';
import { limits } from './scenarios/limits';
import { overload } from './scenarios/overload';
import { reclaim, rollout } from './scenarios/rollout';
import { crowd, seed } from './scenarios/seed';
import { storage } from './scenarios/storage';

/** Apart from their names, because `--help` shall not load them. */
export const scenarios: Readonly<Record<ScenarioName, Scenario>> = {
  seed,
  rollout,
  reclaim,
  crashes,
  storage,
  limits,
  overload,
  aws,
  crowd,
};
