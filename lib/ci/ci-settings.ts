import { z } from 'zod';
import { ContextError } from '../settings/context-error';
import { text } from '../settings/formats';
import { readSettings } from '../settings/read-settings';

const schema = z.strictObject({
  repository: text(/^[\w.-]+\/[\w.-]+$/, 'owner/name, as GitHub spells it'),
  ownerId: text(/^\d+$/, 'the number that gh api repos/OWNER/NAME --jq .owner.id prints').optional(),
  repositoryId: text(/^\d+$/, 'the number that gh api repos/OWNER/NAME --jq .id prints').optional(),
  environment: text(
    /^[\w.-]+(,[\w.-]+)*$/,
    'the name of a GitHub environment, such as prod, or several, such as dev,prod',
  ).optional(),
  branch: text(/^[\w./-]+$/, 'the name of a branch, such as main').optional(),
  oidcProviderArn: text(
    /^arn:[\w-]+:iam::\d{12}:oidc-provider\/token\.actions\.githubusercontent\.com$/,
    "the ARN of the account's provider for token.actions.githubusercontent.com",
  ).optional(),
});

/** Which workflow runs may deploy. */
export interface CiSettings {
  /** `owner/name` on GitHub. */
  readonly repository: string;
  /**
   * The repository in the `sub` that GitHub gives to a run. Repositories made, renamed or transferred since mid-2026 have
   * the ids in it, `owner@1/name@2`, so that nobody who takes over a name gets in (GitHub changelog of 23 April 2026,
   * "Immutable subject claims for GitHub Actions OIDC tokens").
   */
  readonly subject: string;
  /** The ends of the `sub` of runs that may deploy. */
  readonly deployFrom: readonly string[];
  /** @default the stack makes the provider, of which an account can have one */
  readonly oidcProviderArn?: string;
}

/** Throws ContextError for a missing repository, an unknown key, a malformed value, and for values that do not go together. */
export function ciSettings(context: Record<string, unknown>): CiSettings {
  const settings = readSettings(schema, context);
  const { repository, ownerId, repositoryId, environment, branch, oidcProviderArn } = settings;
  if (!ownerId !== !repositoryId)
    throw new ContextError(
      `ownerId: "${ownerId ?? ''}" and repositoryId "${repositoryId ?? ''}" belong together; give both or none`,
    );
  if (environment && branch) {
    throw new ContextError(
      `environment: "${environment}" and branch "${branch}" exclude each other; give one of them`,
    );
  }
  const [owner, name] = repository.split('/');
  const subject = ownerId ? `${owner}@${ownerId}/${name}@${repositoryId}` : repository;
  const environments = (environment ?? 'prod').split(',').map((each) => `environment:${each}`);
  const deployFrom = branch ? [`ref:refs/heads/${branch}`] : environments;
  return { repository, subject, deployFrom, oidcProviderArn };
}
