/**
 * Prints what each way to deploy costs in a month, at rest and at 100 requests/s: `npm run cost:options`. Replaces the
 * table in docs/deployment-options.md with `--write`.
 *
 * Like is compared with like: two containers of a quarter vCPU in two zones where the way has zones, private subnets
 * with NAT gateways where it does not say otherwise, without a domain name. What the stages cost comes from their
 * templates.
 */
import { join } from 'node:path';
import { monthlyCost } from './monthly-cost';
import { balancerCapacity, behindBalancer, firewallAndLog, lambda, storage, toInternet } from './option-load';
import { gigabyte, hour, hoursInMonth, month, usd } from './prices';
import { writeSection } from './written-section';

const monthly = (perHour: number) => perHour * hoursInMonth;
const zones = 2;
const balancer = monthly(hour.loadBalancer + zones * hour.publicAddress);
const nat = zones * monthly(hour.natGateway + hour.publicAddress);
const microMachines = (count: number) => count * (monthly(hour.t3Micro) + 8 * gigabyte.gp3Volume);
// The root volume of the image that AWS makes for ECS has 30 GB, of the one for EKS 20.
const smallMachines = (count: number, gigabytes: number) =>
  count * (monthly(hour.t3Small) + gigabytes * gigabyte.gp3Volume);
const tasks = (count: number) => count * monthly(hour.vcpu / 4 + hour.gibibyte / 2);
const stage = (name: string) => monthlyCost(name).reduce((sum, [, count, each]) => sum + count * each, 0);

export interface Option {
  readonly name: string;
  readonly atRest: number;
  /** What requests add to it. */
  readonly forRequests: number;
  readonly of: string;
}

export const options: readonly Option[] = [
  {
    name: 'one container, Docker and systemd',
    atRest: microMachines(1) + monthly(hour.publicAddress),
    forRequests: toInternet,
    of: 'a t3.micro with 8 GB and an address; a machine of your own costs what it costs',
  },
  {
    name: 'Docker Compose',
    atRest: smallMachines(1, 8) + monthly(hour.publicAddress),
    forRequests: toInternet,
    of: 'a t3.small with 8 GB and an address',
  },
  {
    name: 'Heroku',
    atRest: month.basicDyno,
    forRequests: month.standardDyno - month.basicDyno,
    of: 'one Basic dyno; under load one Standard-1X',
  },
  {
    name: 'EC2 with an Auto Scaling group',
    atRest: microMachines(2) + balancer + nat,
    forRequests: behindBalancer(2),
    of: 'two t3.micro, load balancer, NAT',
  },
  {
    name: 'ECS on EC2',
    atRest: smallMachines(2, 30) + balancer + nat,
    forRequests: behindBalancer(2),
    of: 'two t3.small with 30 GB, load balancer, NAT',
  },
  {
    name: '**ECS Fargate, stage dev**',
    atRest: stage('dev'),
    forRequests: behindBalancer(2),
    of: 'everything in the template, with endpoints instead of NAT, alarms and a dashboard',
  },
  {
    name: '**ECS Fargate, stage prod**',
    atRest: stage('prod'),
    forRequests: behindBalancer(3) + firewallAndLog,
    of: 'three zones, firewall and access log; these two are most of what requests cost',
  },
  {
    name: 'ECS Express Mode',
    atRest: tasks(2) + balancer + 2 * monthly(hour.publicAddress),
    forRequests: toInternet + balancerCapacity(1),
    of: 'two tasks with public addresses, load balancer (shared by up to 25 services)',
  },
  {
    name: 'App Runner',
    atRest: monthly(hour.appRunnerGigabyte / 2),
    forRequests: monthly(hour.appRunnerVcpu / 4) + toInternet,
    of: 'one instance of 0.25 vCPU and 0.5 GB',
  },
  {
    name: 'Lambda behind an ALB',
    atRest: balancer,
    forRequests: lambda + toInternet + balancerCapacity(0.4) + storage(1),
    of: 'load balancer; 512 MB for 5 ms a request',
  },
  {
    name: 'EKS',
    atRest: monthly(hour.kubernetesControlPlane) + smallMachines(2, 20) + balancer + nat,
    forRequests: behindBalancer(2),
    of: 'control plane, two t3.small with 20 GB, load balancer, NAT',
  },
];

/** The part of docs/deployment-options.md that this script writes. */
export function costTable(): string {
  const rows = options.map(
    ({ name, atRest, forRequests, of }) =>
      `| ${name} | ${usd(atRest)} | ${usd(atRest + forRequests)} | ${of} |`,
  );
  return ['| way | at rest | at 100 requests/s | made of |', '| --- | --: | --: | --- |', ...rows].join('\n');
}

export const section = {
  document: join(__dirname, '../docs/deployment-options.md'),
  command: 'npm run cost:options',
};

if (require.main === module) {
  if (process.argv.includes('--write')) writeSection(section, costTable());
  else console.log(costTable());
}
