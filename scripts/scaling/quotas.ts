/**
 * What AWS allows by default, each with the page that says so. Read in November 2026; an account's own values:
 * `aws service-quotas list-service-quotas --service-code fargate` (or `ecs`, `elasticloadbalancing`, `vpc`,
 * `elasticfilesystem`, `wafv2`, `logs`).
 */
const pages = {
  ecs: 'Amazon ECS endpoints and quotas',
  efs: 'Amazon EFS quotas',
  loadBalancer: 'Quotas for your Application Load Balancers',
  vpc: 'Amazon VPC quotas',
  subnet: 'Subnet CIDR blocks',
  waf: 'AWS WAF quotas',
  logs: 'CloudWatch Logs quotas',
} as const;

const BY_REQUEST = 'by request';
const NEVER = 'never';

export interface Quota {
  readonly what: string;
  readonly value: number;
  /** The title of the AWS page. */
  readonly source: string;
  /** How to get more. */
  readonly raise: string;
}

export const quotas = {
  vcpus: { what: 'Fargate On-Demand vCPUs', value: 6, source: pages.ecs, raise: BY_REQUEST },
  tasksPerService: { what: 'tasks per service', value: 5000, source: pages.ecs, raise: BY_REQUEST },
  /** A minute, and for one service. */
  taskLaunches: {
    what: 'tasks launched by a service a minute',
    value: 500,
    source: pages.ecs,
    raise: NEVER,
  },
  targets: { what: 'targets per load balancer', value: 1000, source: pages.loadBalancer, raise: BY_REQUEST },
  targetsPerGroup: {
    what: 'targets per target group',
    value: 1000,
    source: pages.loadBalancer,
    raise: BY_REQUEST,
  },
  interfaces: { what: 'network interfaces per Region', value: 5000, source: pages.vpc, raise: BY_REQUEST },
  /** The first four addresses of a subnet and the last are AWS's own. */
  reservedAddresses: {
    what: 'reserved addresses in a subnet',
    value: 5,
    source: pages.subnet,
    raise: NEVER,
  },
  connections: { what: 'connections of a file system', value: 25_000, source: pages.efs, raise: NEVER },
  /** A second; operations on metadata count as well. */
  reads: { what: 'read operations/s of a file system', value: 250_000, source: pages.efs, raise: BY_REQUEST },
  webRequests: { what: 'requests/s of a web ACL', value: 100_000, source: pages.waf, raise: BY_REQUEST },
  logCalls: { what: 'PutLogEvents/s', value: 5000, source: pages.logs, raise: BY_REQUEST },
} as const satisfies Record<string, Quota>;
