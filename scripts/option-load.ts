/** What 100 requests/s cost in a month, part by part: the quantities of scripts/option-costs.ts. */
import { freeGigabytesToInternet, gigabyte, hour, hoursInMonth, million, secondsInMonth } from './prices';

/** What is assumed of the requests; docs/deployment-options.md says where each number comes from. */
export const load = {
  perSecond: 100,
  requestBytes: 200,
  responseBytes: 850,
  /** The dearest case: no client keeps its connection. */
  connectionsPerRequest: 1,
  accessLogBytes: 500,
  /** What a container asks of EFS in a second at the most, in operations of 4 KiB: a look at each of four directories. */
  storageOperations: 4,
  lambdaSeconds: 0.005,
  lambdaGigabytes: 0.5,
};

const millions = (load.perSecond * secondsInMonth) / 1e6;
const gigabytesOut = (millions * load.responseBytes) / 1e3;

/** The dimension of the load balancer's capacity units that counts is the largest one. */
export function capacityUnits(gigabytesInUnit: number): number {
  const gigabytesInHour = (load.perSecond * 3600 * (load.requestBytes + load.responseBytes)) / 1e9;
  return Math.max((load.perSecond * load.connectionsPerRequest) / 25, gigabytesInHour / gigabytesInUnit);
}

/** What the load balancer's capacity units cost in a month. */
export const balancerCapacity = (gigabytesInUnit: number) =>
  capacityUnits(gigabytesInUnit) * hour.capacityUnit * hoursInMonth;

export const toInternet = (gigabytesOut - freeGigabytesToInternet) * gigabyte.toInternet;
export const storage = (containers: number) =>
  (containers * load.storageOperations * secondsInMonth * 4096 * gigabyte.efsRead) / 1e9;
/** What an AWS load balancer, EFS and the way out to the internet cost, with so many containers behind them. */
export const behindBalancer = (containers: number) => toInternet + storage(containers) + balancerCapacity(1);
export const firewallAndLog =
  millions * million.webAclRequests + ((millions * load.accessLogBytes) / 1e3) * gigabyte.logs;
export const lambda =
  millions * million.lambdaRequests +
  millions * load.lambdaSeconds * load.lambdaGigabytes * million.lambdaGigabyteSeconds;
