import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { Failure } from '../support/command-line';

export interface Account {
  readonly account: string;
  readonly region: string;
}

/** Whose credentials these are. @throws Failure that says what is missing. */
export async function currentAccount(): Promise<Account> {
  const client = new STSClient();
  try {
    const region = await client.config.region();
    const { Account: account = '' } = await client.send(new GetCallerIdentityCommand());
    return { account, region };
  } catch (error) {
    throw new Failure(reasonOf(error as Error), 2);
  }
}

function reasonOf({ name, message }: Error): string {
  if (/region/i.test(message))
    return 'no AWS Region; set AWS_REGION, or `region` in the profile that AWS_PROFILE names';
  if (name === 'CredentialsProviderError')
    return 'no AWS credentials; run aws sso login or aws configure, or set AWS_PROFILE';
  return `AWS does not say whose credentials these are: ${message.split('\n')[0]}`;
}

/** @throws Failure where the account has no bootstrap stack of the CDK. */
export async function requireBootstrap({ account, region }: Account): Promise<void> {
  const version = new GetParameterCommand({ Name: '/cdk-bootstrap/hnb659fds/version' });
  await new SSMClient().send(version).catch(({ name }: Error) => {
    // Any other failure says nothing of the bootstrap: a role may deploy without being allowed to look.
    if (name !== 'ParameterNotFound') return;
    throw new Failure(
      `account ${account} is not bootstrapped in ${region}; run npx cdk bootstrap aws://${account}/${region} (with fewer permissions: docs/architecture.md#permissions)`,
      2,
    );
  });
}
