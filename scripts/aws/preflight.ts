import { Failure } from '../support/command-line';
import { requireAccount } from './account';
import { findStack, ifDenied } from './stack';
import { type Stage, typedCommand } from './stage';

/** States of a stack that no deployment leads out of (AWS, "Understand CloudFormation stack creation events"). */
const STUCK = ['ROLLBACK_FAILED', 'DELETE_FAILED'];
const REMOVED_BY_CDK = ['ROLLBACK_COMPLETE', 'REVIEW_IN_PROGRESS'];

/**
 * Looks before a deployment at what the CDK would report late or at length: the credentials, the bootstrap, the state of
 * the stack. @throws Failure that says in one line what to do.
 */
export async function preflight(stage: Stage): Promise<void> {
  const { region } = await requireAccount();
  requireZones(stage, region);
  await requireDeployable(stage);
}

function requireZones(stage: Stage, region: string): void {
  const { availabilityZones } = stage.settings;
  if (region !== 'us-west-1' || availabilityZones < 3) return;
  const remedy = typedCommand('deploy', stage, '-c availabilityZones=2');
  throw new Failure(`us-west-1 has Fargate in two zones, not ${availabilityZones}; run ${remedy}`, 2);
}

/** The CDK removes what is left of a first deployment that failed, unless it is protected from that. */
async function requireDeployable(stage: Stage): Promise<void> {
  const { stackName } = stage;
  const { StackStatus = '', EnableTerminationProtection } =
    (await findStack(stackName).catch(ifDenied(undefined))) ?? {};
  const isKept = EnableTerminationProtection && REMOVED_BY_CDK.includes(StackStatus);
  if (!isKept && !STUCK.includes(StackStatus)) return;
  const remedy = typedCommand('destroy', stage, `--unprotect ${stackName}`);
  throw new Failure(`${stackName} is in ${StackStatus}, and cannot be deployed over; first run ${remedy}`, 2);
}
