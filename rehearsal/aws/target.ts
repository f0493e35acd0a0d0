/** Where the scenario `aws` deploys to: an account, or an emulator of one. Commands and clients find it by their environment. */
export interface AwsTarget {
  readonly stackName: string;
  /** The options that choose the stage, as they are typed. */
  readonly settings: string;
  /** Has the CDK synthesize a stage with the changes that it needs. */
  readonly adapted?: NodeJS.ProcessEnv;
  /** Types of resources that it accepts and then knows nothing of. */
  readonly unbacked?: readonly string[];
  /** Types of resources that it makes again by itself when they are deleted. */
  readonly remade?: readonly string[];
  /** Where this machine reaches what answers at a URL of the stack, if not there. */
  originOf?(url: string): Promise<string>;
  /** Does what CloudFormation should have done when it updated the service. */
  settle?(): Promise<void>;
}
