import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** A rule of cdk-nag that does not hold, and why that is right. */
export interface Acknowledgement {
  /** The rule's name, which all packs but AwsSolutions share. */
  readonly rule: string;
  /** The rule's number in AwsSolutions, such as `ELB2`. @default AwsSolutions does not have the rule */
  readonly awsSolutions?: string;
  /** For a security reviewer: what protects instead, or why the rule is mistaken here. */
  readonly reason: string;
}

const metadataType = 'acknowledgement';
const packs = ['HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321'];

/** Accepts a rule's findings at a construct and below it, in every pack that has the rule. */
export function acknowledge(scope: IConstruct, acknowledgement: Acknowledgement): void {
  const { reason } = acknowledgement;
  Validations.of(scope).acknowledge(...ruleIds(acknowledgement).map((id) => ({ id, reason })));
  scope.node.addMetadata(metadataType, acknowledgement, { stackTrace: false });
}

/** Every acknowledgement in a tree with the construct it was made at, in the tree's order. */
export function acknowledgements(root: IConstruct): (Acknowledgement & { at: IConstruct })[] {
  return root.node
    .findAll()
    .flatMap((at) =>
      at.node.metadata.filter(({ type }) => type === metadataType).map(({ data }) => ({ ...data, at })),
    );
}

/** What the packs call the rule. */
export function ruleIds({ rule, awsSolutions }: Acknowledgement): string[] {
  return [
    ...packs.map((pack) => `${pack}-${rule}`),
    ...(awsSolutions ? [`AwsSolutions-${awsSolutions}`] : []),
  ];
}
