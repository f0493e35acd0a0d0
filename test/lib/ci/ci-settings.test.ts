import { ciSettings } from '../../../lib/ci/ci-settings';
import { ContextError } from '../../../lib/settings/context-error';

const repository = 'acme/keepsake';

test('a run deploys from the environment prod unless it is told otherwise', () => {
  expect(ciSettings({ repository })).toEqual({
    repository,
    subject: repository,
    deployFrom: ['environment:prod'],
    oidcProviderArn: undefined,
  });
});

test.each([
  [{ environment: 'live' }, ['environment:live']],
  [{ environment: 'dev,prod' }, ['environment:dev', 'environment:prod']],
  [{ branch: 'main' }, ['ref:refs/heads/main']],
])('with %j it deploys from %j', (where, deployFrom) => {
  expect(ciSettings({ repository, ...where }).deployFrom).toEqual(deployFrom);
});

test.each([
  [{}, 'repository: missing; give -c repository=…, owner/name'],
  [{ repository: 'keepsake' }, 'repository: "keepsake" is not owner/name'],
  [{ repository: 'acme/*' }, 'repository: "acme/*" is not owner/name'],
  [{ repository, environment: 'dev,*' }, 'environment: "dev,*" is not the name of a GitHub environment'],
  [{ repository, environment: 'dev,' }, 'environment: "dev," is not the name of a GitHub environment'],
  [{ repository, ownerId: '*', repositoryId: '2' }, 'ownerId: "*" is not the number that gh api repos/'],
  [{ repository, ownerId: '1' }, 'ownerId: "1" and repositoryId "" belong together; give both or none'],
  [{ repository, repositoryId: '2' }, 'ownerId: "" and repositoryId "2" belong together'],
  [{ repository: 'acme@1/keepsake@2' }, 'repository: "acme@1/keepsake@2" is not owner/name'],
  [{ repository, branch: '*' }, 'branch: "*" is not the name of a branch'],
  [
    { repository, stage: 'prod' },
    'stage: there is no such setting; choose repository, ownerId, repositoryId, environment',
  ],
  [
    { repository, branch: 'main', environment: 'prod' },
    'environment: "prod" and branch "main" exclude each other',
  ],
  [
    { repository, oidcProviderArn: 'arn:aws:iam::1:oidc-provider/x' },
    'oidcProviderArn: "arn:aws:iam::1:oidc-provider/x" is not',
  ],
])('%j is refused with what is allowed', (context, message) => {
  expect(() => ciSettings(context)).toThrow(ContextError);
  expect(() => ciSettings(context)).toThrow(message);
});

test('with the ids that GitHub gave to the owner and the repository, only these get in', () => {
  expect(ciSettings({ repository, ownerId: '11', repositoryId: '22' }).subject).toBe('acme@11/keepsake@22');
});
