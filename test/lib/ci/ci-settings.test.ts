import { ciSettings } from '../../../lib/ci/ci-settings';
import { SettingsError } from '../../../lib/settings/settings-error';

const repository = 'acme/keepsake';

test('a run deploys from the environment prod unless it is told otherwise', () => {
  expect(ciSettings({ repository })).toEqual({
    repository,
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
  [{}, 'repository: missing; give it as -c repository=owner/name'],
  [{ repository: 'keepsake' }, 'repository: "keepsake" is not owner/name'],
  [{ repository: 'acme/*' }, 'repository: "acme/*" is not owner/name'],
  [{ repository, environment: 'dev,*' }, 'environment: "dev,*" is not the name of a GitHub environment'],
  [{ repository, environment: 'dev,' }, 'environment: "dev," is not the name of a GitHub environment'],
  [{ repository, branch: '*' }, 'branch: "*" is not the name of a branch'],
  [{ repository, stage: 'prod' }, 'stage: there is no such setting; choose repository, environment'],
  [
    { repository, branch: 'main', environment: 'prod' },
    'environment: "prod" and branch "main" exclude each other',
  ],
  [
    { repository, oidcProviderArn: 'arn:aws:iam::1:oidc-provider/x' },
    'oidcProviderArn: "arn:aws:iam::1:oidc-provider/x" is not',
  ],
])('%j is refused with what is allowed', (context, message) => {
  expect(() => ciSettings(context)).toThrow(SettingsError);
  expect(() => ciSettings(context)).toThrow(message);
});
