import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { context } from '../../cdk.json';
import { Ec2Stack } from '../../docs/examples/ec2';
import { keepsakeContainer } from '../../lib/keepsake-container';
import { unitValue } from '../deploy/unit';
import { only, resources } from '../lib/support/resources';
import { stage } from '../lib/support/stages';

const app = new App({ context, builtinCloudFormationValidation: false });
const template = Template.fromStack(new Ec2Stack(app, 'Ec2'));
const chosen = stage('dev').template;
const { port, healthPath, sharedPath } = keepsakeContainer;

describe('docs/examples/ec2.ts', () => {
  const actions = resources(template, 'AWS::IAM::Policy').flatMap(([, { Properties }]) =>
    Properties.PolicyDocument.Statement.flatMap(({ Action }: { Action: string | string[] }) => Action),
  );

  it('has two machines or more, in private subnets, that need a token for their metadata', () => {
    const group = only(template, 'AWS::AutoScaling::AutoScalingGroup');
    expect(group.MinSize).toBe('2');
    expect(JSON.stringify(group.VPCZoneIdentifier)).toMatch(/Private.*Private/);
    const { MetadataOptions } = only(template, 'AWS::EC2::LaunchTemplate').LaunchTemplateData;
    expect(MetadataOptions.HttpTokens).toBe('required');
  });

  it('checks the health path, and lets as long pass before a target is gone as the chosen way', () => {
    const targets = only(template, 'AWS::ElasticLoadBalancingV2::TargetGroup');
    const delay = (attributes: { Key: string }[]) =>
      attributes.find(({ Key }) => Key === 'deregistration_delay.timeout_seconds');
    expect([targets.Port, targets.HealthCheckPath]).toEqual([port, healthPath]);
    expect(delay(targets.TargetGroupAttributes)).toEqual(
      delay(only(chosen, 'AWS::ElasticLoadBalancingV2::TargetGroup').TargetGroupAttributes),
    );
  });

  it('may mount the history and write to it, and not as root', () => {
    expect(actions).toEqual(
      expect.arrayContaining(['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite']),
    );
    expect(actions).not.toContain('elasticfilesystem:ClientRootAccess');
  });

  it('leaves nothing behind that the CDK makes on the side', () => {
    const types = resources(template).map(([, { Type }]) => Type);
    expect(types.filter((type) => /Lambda|Custom/.test(type))).toEqual([]);
  });

  it('runs the image of the chosen way', () => {
    const hash = JSON.stringify(chosen.toJSON()).match(/:([0-9a-f]{64})"/)?.[1];
    expect(JSON.stringify(template.toJSON())).toContain(`:${hash}`);
  });
});

describe('the machines of docs/examples/ec2.ts', () => {
  const userData = JSON.stringify(only(template, 'AWS::EC2::LaunchTemplate').LaunchTemplateData.UserData);

  it('run the systemd unit of this repository', () => {
    expect(userData).toContain(`Restart=${unitValue('Restart')}`);
    expect(userData).toContain(unitValue('ExecStop'));
  });

  it('mount the history over TLS, with their role and through an access point, and share it with the container', () => {
    expect(userData).toMatch(/efs _netdev,tls,iam,accesspoint=/);
    expect(userData).toContain(`KEEPSAKE_HISTORY=${sharedPath}`);
  });

  it('say that they are ready only when the container answers', () => {
    expect(userData).toMatch(/curl [^"]*--fail[^"]*\/healthz/);
    expect(userData).toContain('cfn-signal');
    const { CreationPolicy } = Object.values<Record<string, object>>(template.toJSON().Resources).find(
      ({ Type }) => String(Type) === 'AWS::AutoScaling::AutoScalingGroup',
    ) as { CreationPolicy: unknown };
    expect(CreationPolicy).toMatchObject({ ResourceSignal: { Count: 2 } });
  });
});
