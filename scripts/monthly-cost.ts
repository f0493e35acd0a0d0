/**
 * Prints what a stage costs in a month at rest in us-east-1, line by line, from its synthesized template:
 * `npm run cost`, `npm run cost -- egress=nat`.
 */
import { hour, hoursInMonth, month, usd } from './prices';
import { propertiesIn, stageArguments, stageTemplate } from './stage-template';

type Line = [what: string, count: number, monthly: number];

/** What each part of a stage costs in a month without any requests. */
export function monthlyCost(stage: string, overrides: Record<string, string> = {}): Line[] {
  const all = propertiesIn(stageTemplate(stage, overrides));
  const [task] = all('AWS::ECS::TaskDefinition');
  const [target] = all('AWS::ApplicationAutoScaling::ScalableTarget');
  const taskHour = (task.Cpu / 1024) * hour.vcpu + (task.Memory / 1024) * hour.gibibyte;
  const zonesOfEndpoints = all('AWS::EC2::VPCEndpoint').flatMap(({ SubnetIds = [] }) => SubnetIds).length;
  const addresses = all('AWS::ElasticLoadBalancingV2::LoadBalancer').flatMap(({ Subnets }) => Subnets).length;
  const gateways = all('AWS::EC2::NatGateway').length;
  const webAcls = all('AWS::WAFv2::WebACL');
  const rules = webAcls.flatMap(({ Rules }) => Rules).length;
  // Target tracking makes two alarms for each policy.
  const alarmMetrics =
    all('AWS::CloudWatch::Alarm')
      .map(
        ({ Metrics = [{ MetricStat: {} }] }) =>
          Metrics.filter(({ MetricStat }: { MetricStat?: object }) => MetricStat).length,
      )
      .reduce((sum, count) => sum + count, 0) +
    all('AWS::ApplicationAutoScaling::ScalingPolicy').length * 2;
  const lines: Line[] = [
    [`tasks of ${task.Cpu / 1024} vCPU and ${task.Memory} MiB`, target.MinCapacity, taskHour * hoursInMonth],
    [
      'load balancer',
      all('AWS::ElasticLoadBalancingV2::LoadBalancer').length,
      hour.loadBalancer * hoursInMonth,
    ],
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
    ['metrics of alarms, with those of scaling', alarmMetrics, month.alarmMetric],
    ['dashboard', all('AWS::CloudWatch::Dashboard').length, month.dashboard],
  ];
  return lines.filter(([, count]) => count > 0);
}

/** The lines as a Markdown list, with their sum. */
export function render(title: string, lines: Line[]): string {
  const total = lines.reduce((sum, [, count, each]) => sum + count * each, 0);
  const entries = lines.map(
    ([what, count, each]) => `- ${usd(count * each)}: ${what} (${count} × ${usd(each)})`,
  );
  return [`**${title}: ${usd(total)} USD**`, '', ...entries].join('\n');
}

if (require.main === module) {
  const args = process.argv.slice(2);
  const { stage, overrides } = stageArguments(args, 'dev');
  console.log(render([stage, ...args.slice(1)].join(' '), monthlyCost(stage, overrides)));
}
