/** Values in the CDK's context, such as `-c stage=prod`, that cannot be deployed. The message is one line, for a person. */
export class ContextError extends Error {}
