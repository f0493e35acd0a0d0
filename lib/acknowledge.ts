import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** A rule of cdk-nag that does not hold, where, and why that is right. */
export interface Acknowledgement {
  /** The rule's name, which all packs but AwsSolutions share. */
  readonly rule: string;
  /** The rule's number in AwsSolutions, such as `ELB2`. @default AwsSolutions does not have the rule */
  readonly awsSolutions?: string;
  /** For a security reviewer: what protects instead, or why the rule is mistaken here. */
  readonly reason: string;
}

const packs = ['HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321'];

/** Accepts a rule's findings at a construct and below it, in every pack that has the rule. */
export function acknowledge(scope: IConstruct, { rule, awsSolutions, reason }: Acknowledgement): void {
  const ids = packs.map((pack) => `${pack}-${rule}`);
  if (awsSolutions) ids.push(`AwsSolutions-${awsSolutions}`);
  Validations.of(scope).acknowledge(...ids.map((id) => ({ id, reason })));
}
