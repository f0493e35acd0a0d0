/**
 * What things cost, in USD, in us-east-1 where that matters, as the pricing pages of the services say in November 2026:
 * what `npm run cost` adds up. Free tiers and discounts are left out, but for the first
 * 100 GB a month to the internet, which everybody has.
 */
export const hoursInMonth = 730;
export const secondsInMonth = hoursInMonth * 3600;

/** For an hour. */
export const hour = {
  // AWS Fargate, Linux on x86
  vcpu: 0.04048,
  gibibyte: 0.004445,
  // Elastic Load Balancing, Application Load Balancer
  loadBalancer: 0.0225,
  capacityUnit: 0.008,
  // Amazon VPC: public IPv4 addresses, NAT gateways; AWS PrivateLink: interface endpoints
  publicAddress: 0.005,
  natGateway: 0.045,
  endpointInZone: 0.01,
  // Amazon EC2, on demand, Linux
  t3Micro: 0.0104,
  t3Small: 0.0208,
  // Amazon EKS, a Kubernetes version in standard support
  kubernetesControlPlane: 0.1,
  // AWS App Runner: memory always, CPU while requests are answered
  appRunnerVcpu: 0.064,
  appRunnerGigabyte: 0.007,
};

/** For a month. */
export const month = {
  key: 1,
  webAcl: 5,
  webAclRule: 1,
  alarmMetric: 0.1,
  dashboard: 3,
  // Heroku, for a dyno that never sleeps
  basicDyno: 7,
  standardDyno: 25,
};

/** For a GB, decimal as in bills. */
export const gigabyte = {
  toInternet: 0.09,
  logs: 0.5,
  /** For a month. */
  gp3Volume: 0.08,
  /** For a month, in the Standard storage class. */
  efsStored: 0.3,
  efsRead: 0.03,
};

/** For a million. */
export const million = {
  webAclRequests: 0.6,
  lambdaRequests: 0.2,
  lambdaGigabyteSeconds: 16.6667,
};

export const freeGigabytesToInternet = 100;

export const usd = (amount: number): string => amount.toFixed(2);
