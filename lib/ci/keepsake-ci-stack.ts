import { Annotations, Stack } from 'aws-cdk-lib';
import { OidcProviderNative } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { addOutputs } from '../support/add-outputs';
import type { CiSettings } from './ci-settings';
import { GithubRole } from './github-role';

export interface KeepsakeCiStackProps {
  readonly settings: CiSettings;
}

/** What lets the workflows of one GitHub repository deploy: a role for the pipeline, and one that can only look. */
export class KeepsakeCiStack extends Stack {
  constructor(scope: Construct, id: string, { settings }: KeepsakeCiStackProps) {
    super(scope, id, { description: `Deploys Keepsake from GitHub, repository ${settings.repository}` });
    const { repository, subject, deployFrom, oidcProviderArn } = settings;

    const provider = oidcProviderArn
      ? OidcProviderNative.fromOidcProviderArn(this, 'Provider', oidcProviderArn)
      : new OidcProviderNative(this, 'Provider', {
          url: 'https://token.actions.githubusercontent.com',
          clientIds: ['sts.amazonaws.com'],
        });

    const deploy = new GithubRole(this, 'Deploy', {
      provider,
      subjects: deployFrom.map((from) => `repo:${subject}:${from}`),
      bootstrapRoles: ['deploy', 'file-publishing', 'image-publishing', 'lookup'],
    });

    // A pull request runs code that nobody has reviewed yet: it changes nothing. The bootstrap's lookup role has AWS's policy
    // ReadOnlyAccess: it reads what every service of the account lets a reader see, objects in S3 included, but decrypts nothing.
    const diff = new GithubRole(this, 'Diff', {
      provider,
      subjects: [`repo:${subject}:pull_request`],
      bootstrapRoles: ['lookup'],
    });

    addOutputs(this, { DeployRoleArn: deploy.roleArn, DiffRoleArn: diff.roleArn });
    if (subject === repository) {
      Annotations.of(this).addInfo(
        `The roles trust ${repository} by its name. A repository made, renamed or transferred since mid-2026 signs in with its ids; ` +
          `give them: -c ownerId=$(gh api repos/${repository} --jq .owner.id) -c repositoryId=$(gh api repos/${repository} --jq .id)`,
      );
    }
  }
}
