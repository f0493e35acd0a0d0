import { Stack } from 'aws-cdk-lib';
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
    const { repository, deployFrom, oidcProviderArn } = settings;

    const provider = oidcProviderArn
      ? OidcProviderNative.fromOidcProviderArn(this, 'Provider', oidcProviderArn)
      : new OidcProviderNative(this, 'Provider', {
          url: 'https://token.actions.githubusercontent.com',
          clientIds: ['sts.amazonaws.com'],
        });

    const deploy = new GithubRole(this, 'Deploy', {
      provider,
      subjects: deployFrom.map((from) => `repo:${repository}:${from}`),
      bootstrapRoles: ['deploy', 'file-publishing', 'image-publishing', 'lookup'],
    });

    // A pull request runs code that nobody has reviewed yet: it may read what is deployed, and change nothing.
    const diff = new GithubRole(this, 'Diff', {
      provider,
      subjects: [`repo:${repository}:pull_request`],
      bootstrapRoles: ['lookup'],
    });

    addOutputs(this, { DeployRoleArn: deploy.roleArn, DiffRoleArn: diff.roleArn });
  }
}
