import { SettingsError } from '../settings/settings-error';

/** Which workflow runs may deploy. */
export interface CiSettings {
  /** `owner/name` on GitHub. */
  readonly repository: string;
  /** The ends of the `sub` that GitHub gives to runs that may deploy. */
  readonly deployFrom: readonly string[];
  /** @default the stack makes the provider, of which an account can have one */
  readonly oidcProviderArn?: string;
}

const formats: Record<string, { pattern: RegExp; allowed: string }> = {
  repository: { pattern: /^[\w.-]+\/[\w.-]+$/, allowed: 'owner/name, as GitHub spells it' },
  environment: {
    pattern: /^[\w.-]+(,[\w.-]+)*$/,
    allowed: 'the name of a GitHub environment, such as prod, or several, such as dev,prod',
  },
  branch: { pattern: /^[\w./-]+$/, allowed: 'the name of a branch, such as main' },
  oidcProviderArn: {
    pattern: /^arn:[\w-]+:iam::\d{12}:oidc-provider\/token\.actions\.githubusercontent\.com$/,
    allowed: "the ARN of the account's provider for token.actions.githubusercontent.com",
  },
};

/** Throws SettingsError for a missing repository, an unknown key, a malformed value, and for two places to deploy from. */
export function ciSettings(context: Record<string, unknown>): CiSettings {
  for (const [key, value] of Object.entries(context)) {
    const format = formats[key];
    if (!format)
      throw new SettingsError(`${key}: there is no such setting; choose ${Object.keys(formats).join(', ')}`);
    if (!format.pattern.test(`${value}`))
      throw new SettingsError(`${key}: "${value}" is not ${format.allowed}`);
  }
  const { repository, environment, branch, oidcProviderArn } = context as Record<string, string | undefined>;
  if (!repository) throw new SettingsError('repository: missing; give it as -c repository=owner/name');
  if (environment && branch) {
    throw new SettingsError(
      `environment: "${environment}" and branch "${branch}" exclude each other; give one of them`,
    );
  }
  const environments = (environment ?? 'prod').split(',').map((name) => `environment:${name}`);
  const deployFrom = branch ? [`ref:refs/heads/${branch}`] : environments;
  return { repository, deployFrom, oidcProviderArn };
}
