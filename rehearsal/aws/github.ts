import { ask } from './api';

/** The repository whose workflows the stack for CI trusts. */
export const REPOSITORY = 'octocat/keepsake';

/**
 * Signs in as a workflow run on GitHub does, with a token that says where the run comes from. The emulator holds the token to the
 * role's trust policy, and does not look at its signature. @returns the credentials as an environment; undefined when it is refused
 */
export async function signIn(role: string, from: string): Promise<NodeJS.ProcessEnv | undefined> {
  const claims = {
    iss: 'https://token.actions.githubusercontent.com',
    aud: 'sts.amazonaws.com',
    sub: `repo:${REPOSITORY}:${from}`,
  };
  const encoded = [{ alg: 'RS256' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  const token = `${encoded.join('.')}.unsigned`;
  const answer = await ask(
    `sts AssumeRoleWithWebIdentity &RoleArn=${role}&RoleSessionName=rehearsal&WebIdentityToken=${token}`,
  );
  const value = (tag: string) => new RegExp(`<${tag}>(.*)</${tag}>`).exec(answer)?.[1];
  if (!answer) return undefined;
  return {
    AWS_ACCESS_KEY_ID: value('AccessKeyId'),
    AWS_SECRET_ACCESS_KEY: value('SecretAccessKey'),
    AWS_SESSION_TOKEN: value('SessionToken'),
  };
}
