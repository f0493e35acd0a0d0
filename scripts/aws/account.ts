import { SSM } from '@aws-sdk/client-ssm';
import { STS } from '@aws-sdk/client-sts';
import { Failure } from '../support/command-line';

/** Whose credentials these are. @throws Failure that says what is missing: one of them, or the bootstrap stack of the CDK. */
export async function requireAccount(): Promise<{ readonly account: string; readonly region: string }> {
  const client = new STS();
  const asked = Promise.all([client.config.region(), client.getCallerIdentity()]);
  const [region, { Account: account = '' }] = await asked.catch((error) => {
    throw new Failure(reasonOf(error), 2);
  });
  await new SSM().getParameter({ Name: '/cdk-bootstrap/hnb659fds/version' }).catch(({ name }: Error) => {
    // Any other failure says nothing of the bootstrap: a role may deploy without being allowed to look.
    if (name !== 'ParameterNotFound') return;
    throw new Failure(
      `account ${account} is not bootstrapped in ${region}; run npx cdk bootstrap aws://${account}/${region} (with fewer permissions: docs/architecture.md#permissions)`,
      2,
    );
  });
  return { account, region };
}

function reasonOf({ name, message }: Error): string {
  if (/region/i.test(message))
    return 'no AWS Region; set AWS_REGION, or `region` in the profile that AWS_PROFILE names';
  if (name === 'CredentialsProviderError')
    return 'no AWS credentials; run aws sso login or aws configure, or set AWS_PROFILE';
  return `AWS does not say whose credentials these are: ${message.split('\n')[0]}`;
}
