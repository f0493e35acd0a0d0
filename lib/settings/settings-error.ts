/** A setting that cannot be deployed. The message is one line, for a person, without a stack trace. */
export class SettingsError extends Error {}
