import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Template } from 'aws-cdk-lib/assertions';
import { keepsakeContainer } from '../../lib/keepsake-container';
import { KeepsakeStack } from '../../lib/keepsake-stack';
import { stageFromContext } from '../../lib/settings/stage-settings';
import { only, resources, target } from './support/resources';
import { checkedApp, domain, stage } from './support/stages';

const deployed = {
  dev: stage('dev').template,
  prod: stage('prod').template,
  'prod with a domain': stage('prod', domain).template,
};

/** `from → to : port` for each rule, with security groups by their construct and `*` for any address. */
function edges(template: Template): string[] {
  const name = (id: string) => id.replace(/SecurityGroup.*$/, '');
  const peer = (rule: Record<string, unknown>, key: string) =>
    rule.CidrIp === '0.0.0.0/0' ? '*' : name(target(rule[key]));
  const ports = ({ IpProtocol, FromPort, ToPort }: Record<string, unknown>) =>
    IpProtocol === 'tcp' && FromPort === ToPort ? `${FromPort}` : `${IpProtocol} ${FromPort}-${ToPort}`;
  return resources(template)
    .flatMap(([id, { Type, Properties }]) => {
      if (Type === 'AWS::EC2::SecurityGroup') {
        const { SecurityGroupIngress = [], SecurityGroupEgress = [] } = Properties;
        return [
          ...SecurityGroupIngress.map(
            (rule: object) => `${peer({ ...rule }, '')} → ${name(id)} : ${ports({ ...rule })}`,
          ),
          ...SecurityGroupEgress.map((rule: { CidrIp: string }) =>
            rule.CidrIp === '255.255.255.255/32'
              ? `${name(id)} → nothing`
              : `${name(id)} → ${peer({ ...rule }, '')} : ${ports({ ...rule })}`,
          ),
        ];
      }
      if (Type === 'AWS::EC2::SecurityGroupIngress') {
        return [
          `${peer(Properties, 'SourceSecurityGroupId')} → ${name(target(Properties.GroupId))} : ${ports(Properties)}`,
        ];
      }
      if (Type === 'AWS::EC2::SecurityGroupEgress') {
        return [
          `${name(target(Properties.GroupId))} → ${peer(Properties, 'DestinationSecurityGroupId')} : ${ports(Properties)}`,
        ];
      }
      return [];
    })
    .sort();
}

const inner = [
  'History → nothing',
  'LoadBalancer → Service : 8080', // what the load balancer may send,
  'LoadBalancer → Service : 8080', // and what the tasks accept
  'NetworkEndpoint → nothing',
  'Service → * : 443', // image layers; the private route tables lead to S3 alone
  'Service → History : 2049',
  'Service → History : 2049',
  'Service → NetworkEndpoint : 443',
  'Service → NetworkEndpoint : 443',
];

test.each([
  ['dev', ['* → LoadBalancer : 80']],
  ['prod', ['* → LoadBalancer : 80']],
  ['prod with a domain', ['* → LoadBalancer : 443', '* → LoadBalancer : 80']],
] as const)('in %s these connections are possible, and no others', (name, entrance) => {
  expect(edges(deployed[name])).toEqual([...entrance, ...inner].sort());
});

describe.each(Object.entries(deployed))('%s', (name, template) => {
  const types = new Set(resources(template).map(([, { Type }]) => Type));

  test('every network interface has a security group of its own, so the default group guards nothing', () => {
    const groups = [
      ...resources(template, 'AWS::EFS::MountTarget').map(([, { Properties }]) => Properties.SecurityGroups),
      ...resources(template, 'AWS::EC2::VPCEndpoint')
        .filter(([, { Properties }]) => Properties.VpcEndpointType === 'Interface')
        .map(([, { Properties }]) => Properties.SecurityGroupIds),
      only(template, 'AWS::ElasticLoadBalancingV2::LoadBalancer').SecurityGroups,
      only(template, 'AWS::ECS::Service').NetworkConfiguration.AwsvpcConfiguration.SecurityGroups,
    ];
    for (const [group, ...more] of groups)
      expect([target(group), more]).toEqual([expect.stringContaining('SecurityGroup'), []]);
  });

  test('private subnets have no route but to S3', () => {
    const routed = resources(template, 'AWS::EC2::Route').map(([, { Properties }]) =>
      target(Properties.RouteTableId),
    );
    expect(routed.filter((table) => table.includes('Private'))).toEqual([]);
  });

  test('nothing runs that AWS would bill by the hour for egress', () => {
    expect(types).not.toContain('AWS::EC2::NatGateway');
  });

  test('nothing runs code at deployment: no Lambda function and no custom resource', () => {
    expect([...types].filter((type) => /Lambda|Custom/.test(type))).toEqual([]);
  });

  test('the only permissions without a resource are those that AWS gives none', () => {
    const wildcards = resources(template, 'AWS::IAM::ManagedPolicy').flatMap(([, { Properties }]) =>
      Properties.PolicyDocument.Statement.filter(
        ({ Action, Resource }: { Action: unknown; Resource: unknown }) =>
          JSON.stringify([Action, Resource]).includes('*'),
      ),
    );
    const lists = name === 'dev' ? [] : [{ Effect: 'Allow', Action: 'tag:GetResources', Resource: '*' }];
    expect(wildcards).toEqual([
      ...lists,
      { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
    ]);
  });

  test('no permission is given by a policy that AWS or a role’s owner could widen unseen', () => {
    expect(types).not.toContain('AWS::IAM::Policy');
    for (const [, { Properties }] of resources(template, 'AWS::IAM::Role')) {
      expect(Properties.ManagedPolicyArns).toBeUndefined();
      expect(Properties.Policies).toBeUndefined();
    }
  });

  test('operators find the service through the outputs', () => {
    expect(Object.keys(template.toJSON().Outputs).sort()).toEqual([
      'ClusterName',
      'DashboardName',
      'FileSystemId',
      'LogGroupName',
      'ServiceName',
      'Url',
    ]);
  });

  test('the resources of AWS Backup, WAF and log delivery exist in prod alone', () => {
    const guarded = [...types].filter((type) => /Backup|WAF|Delivery|KMS/.test(type));
    expect(guarded.length > 0).toBe(name !== 'dev');
  });
});

/** The resources that CloudFormation leaves behind when the stack is destroyed. */
function leftBehind(template: Template): string[] {
  return resources(template)
    .filter(([, { Type, DeletionPolicy }]) =>
      [
        'AWS::EFS::FileSystem',
        'AWS::Logs::LogGroup',
        'AWS::KMS::Key',
        'AWS::S3::Bucket',
        'AWS::Backup::BackupVault',
      ].includes(Type)
        ? DeletionPolicy !== 'Delete'
        : DeletionPolicy !== undefined && DeletionPolicy !== 'Delete',
    )
    .map(([, { Type }]) => Type);
}

test('destroying dev leaves nothing', () => {
  expect(leftBehind(deployed.dev)).toEqual([]);
});

test('destroying prod leaves the history and its backups', () => {
  expect(leftBehind(deployed.prod).sort()).toEqual(['AWS::Backup::BackupVault', 'AWS::EFS::FileSystem']);
});

test('a first deployment that fails leaves nothing, and can be repeated', () => {
  const kept = resources(deployed.prod).filter(([, { DeletionPolicy }]) => DeletionPolicy === 'Retain');
  expect(kept).toEqual([]);
});

test('prod cannot be destroyed by one command, dev can', () => {
  expect(stage('prod').stack.terminationProtection).toBe(true);
  expect(stage('dev').stack.terminationProtection).toBe(false);
});

// Another id would make CloudFormation delete the history and make an empty one. Moving a construct changes its id: keep
// it where it is, or give it back this id with overrideLogicalId.
test.each(Object.entries(deployed))(
  'an upgrade of %s keeps the file system and its access point',
  (_name, template) => {
    const ids = ['AWS::EFS::FileSystem', 'AWS::EFS::AccessPoint'].map((type) =>
      resources(template, type).map(([id]) => id),
    );
    expect(ids).toEqual([['HistoryFileSystem59336C2C'], ['HistoryFileSystemAccessPointD6604558']]);
  },
);

test('an upgrade of prod keeps the vault of the backups', () => {
  const ids = resources(deployed.prod, 'AWS::Backup::BackupVault').map(([id]) => id);
  expect(ids).toEqual(['HistoryBackupVaultCAA1BB69']);
});

test('the stack uses every setting', () => {
  const { settings } = stageFromContext({ stage: 'prod', ...domain, alarmEmail: 'ops@example.com' });
  const unused = new Set(Object.keys(settings));
  const watched = new Proxy(settings, {
    get: (all, key) => unused.delete(String(key)) && all[key as keyof typeof all],
  });
  new KeepsakeStack(checkedApp(), 'Keepsake-prod', { stage: 'prod', settings: watched });
  expect([...unused]).toEqual([]);
});

test('prod runs the very image that dev was asked about', () => {
  const [dev, prod] = [deployed.dev, deployed.prod].map(
    (template) => only(template, 'AWS::ECS::TaskDefinition').ContainerDefinitions[0].Image,
  );
  expect(JSON.stringify(dev)).toMatch(/:[0-9a-f]{64}"/);
  expect(prod).toEqual(dev);
});

test('the container waits for SIGKILL longer than it drains, and drains less than the load balancer', () => {
  const { StopTimeout } = only(deployed.dev, 'AWS::ECS::TaskDefinition').ContainerDefinitions[0];
  const { TargetGroupAttributes } = only(deployed.dev, 'AWS::ElasticLoadBalancingV2::TargetGroup');
  const { Value: delay } = TargetGroupAttributes.find(({ Key }: { Key: string }) => Key.startsWith('dereg'));
  const drain = keepsakeContainer.drain.toSeconds();
  expect(StopTimeout).toBeGreaterThan(drain);
  expect(Number(delay)).toBeGreaterThan(drain);
});

test('a rollout that makes errors or unhealthy tasks is rolled back', () => {
  const { AlarmNames } = only(deployed.dev, 'AWS::ECS::Service').DeploymentConfiguration.Alarms;
  const names = AlarmNames.map(
    (name: object) =>
      deployed.dev.findResources('AWS::CloudWatch::Alarm')[target(name)]?.Properties.AlarmName,
  );
  expect(names).toEqual(['Keepsake-dev-ServerErrors', 'Keepsake-dev-UnhealthyTasks']);
});

test('what is published of a failure names a heading of the runbook', () => {
  const rules = resources(deployed.prod, 'AWS::Events::Rule').map(([, { Properties }]) => Properties);
  const runbook = readFileSync(join(__dirname, '../../docs/operations.md'), 'utf8');
  const anchors = [...runbook.matchAll(/^### (\w+)$/gm)].map(([, heading]) => heading?.toLowerCase());
  expect(rules).toHaveLength(2);
  for (const { Targets } of rules)
    expect(anchors).toContain(JSON.stringify(Targets).match(/docs\/operations\.md#(\w+)/)?.[1]);
});

test('rollouts are fast: health is checked every five seconds', () => {
  expect(only(deployed.dev, 'AWS::ElasticLoadBalancingV2::TargetGroup')).toMatchObject({
    HealthCheckPath: '/healthz',
    HealthCheckIntervalSeconds: 5,
    HealthyThresholdCount: 2,
  });
});

test('a history that cannot be reached raises an alarm', () => {
  expect(only(deployed.dev, 'AWS::Logs::MetricFilter').FilterPattern).toBe(
    '{ $.event = "history_unavailable" }',
  );
});

test('the firewall leaves sizes to the API, which takes more than the common rules do', () => {
  const { Rules } = only(deployed.prod, 'AWS::WAFv2::WebACL');
  const [common] = Rules.filter(({ Name }: { Name: string }) => Name === 'AWSManagedRulesCommonRuleSet');
  const counted = common.Statement.ManagedRuleGroupStatement.RuleActionOverrides.map(
    ({ Name }: { Name: string }) => Name,
  );
  expect(counted).toEqual(['SizeRestrictions_BODY', 'SizeRestrictions_QUERYSTRING']);
});

test.each(['dev', 'prod'] as const)('%s is what the snapshot says', (name) => {
  const text = JSON.stringify(deployed[name].toJSON()).replace(/[0-9a-f]{64}/g, '<hash of the image>');
  expect(JSON.parse(text)).toMatchSnapshot();
});
