import { hour, hoursInMonth, month, usd } from './prices';
import type { Template } from './stack';

// biome-ignore lint/suspicious/noExplicitAny: each type has properties of its own.
type Properties = any;
export type Line = readonly [what: string, count: number, monthly: number];

/** What each part of a template costs in a month without any requests. */
export function monthlyCost({ Resources = {} }: Template): Line[] {
  const all = (type: string): Properties[] =>
    Object.values(Resources).flatMap(({ Type, Properties = {} }) => (Type === type ? [Properties] : []));
  const [task = { Cpu: 0, Memory: 0 }] = all('AWS::ECS::TaskDefinition');
  const [target = { MinCapacity: 0 }] = all('AWS::ApplicationAutoScaling::ScalableTarget');
  const loadBalancers = all('AWS::ElasticLoadBalancingV2::LoadBalancer');
  const addresses = loadBalancers.flatMap(({ Subnets }) => Subnets).length;
  const gateways = all('AWS::EC2::NatGateway').length;
  const zonesOfEndpoints = all('AWS::EC2::VPCEndpoint').flatMap(({ SubnetIds = [] }) => SubnetIds).length;
  const webAcls = all('AWS::WAFv2::WebACL');
  const rules = webAcls.flatMap(({ Rules }) => Rules).length;
  const taskHour = (task.Cpu / 1024) * hour.vcpu + (task.Memory / 1024) * hour.gibibyte;
  const lines: Line[] = [
    [`tasks of ${task.Cpu / 1024} vCPU and ${task.Memory} MiB`, target.MinCapacity, taskHour * hoursInMonth],
    ['load balancer', loadBalancers.length, hour.loadBalancer * hoursInMonth],
    [
      'public addresses of the load balancer and of NAT',
      addresses + gateways,
      hour.publicAddress * hoursInMonth,
    ],
    ['interface endpoints, times zones', zonesOfEndpoints, hour.endpointInZone * hoursInMonth],
    ['NAT gateways', gateways, hour.natGateway * hoursInMonth],
    ['web ACL', webAcls.length, month.webAcl],
    ['rules of the web ACL', rules, month.webAclRule],
    ['key for logs and alarm messages', all('AWS::KMS::Key').length, month.key],
    ['metrics of alarms, with those of scaling', alarmMetrics(all), month.alarmMetric],
    ['CPU every 20 seconds, with two alarms of scaling', all('AWS::ECS::Service').length, month.fastCpu],
    ['dashboard', all('AWS::CloudWatch::Dashboard').length, month.dashboard],
  ];
  return lines.filter(([, count]) => count > 0);
}

function alarmMetrics(all: (type: string) => Properties[]): number {
  const ofAlarms = all('AWS::CloudWatch::Alarm').flatMap(({ Metrics = [{ MetricStat: {} }] }) =>
    Metrics.filter(({ MetricStat }: { MetricStat?: object }) => MetricStat),
  );
  // Target tracking makes two alarms for each policy. Those on CPU have a price of their own.
  const others = all('AWS::ApplicationAutoScaling::ScalingPolicy').filter(
    (policy) => !JSON.stringify(policy).includes('HighResolution'),
  );
  return ofAlarms.length + others.length * 2;
}

export const sumOf = (lines: readonly Line[]): number =>
  lines.reduce((sum, [, count, each]) => sum + count * each, 0);

/** The lines as a Markdown list, with their sum. */
export function render(title: string, lines: readonly Line[]): string {
  const entries = lines.map(
    ([what, count, each]) => `- ${usd(count * each)}: ${what} (${count} × ${usd(each)})`,
  );
  return [`**${title}: ${usd(sumOf(lines))} USD**`, '', ...entries].join('\n');
}

/** What a change of a template changes in its monthly cost, in one line. */
export function costChange(before: Template, after: Template): string {
  const [old, now] = [sumOf(monthlyCost(before)), sumOf(monthlyCost(after))];
  const change = now - old;
  const difference =
    Math.abs(change) < 0.005 ? 'unchanged' : `${change > 0 ? '+' : '−'}${usd(Math.abs(change))} USD`;
  return `Monthly cost without requests: ${difference} (${usd(old)} → ${usd(now)} USD in us-east-1)`;
}
