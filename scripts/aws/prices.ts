/** What things cost, in USD in us-east-1, as the pricing pages of the services say in November 2026, without discounts. */
export const hoursInMonth = 730;

/** For an hour. */
export const hour = {
  // AWS Fargate, Linux on x86
  vcpu: 0.04048,
  gibibyte: 0.004445,
  // Elastic Load Balancing, Application Load Balancer
  loadBalancer: 0.0225,
  // Amazon VPC: public IPv4 addresses, NAT gateways; AWS PrivateLink: interface endpoints
  publicAddress: 0.005,
  natGateway: 0.045,
  endpointInZone: 0.01,
};

/** For a month. */
export const month = {
  key: 1,
  webAcl: 5,
  webAclRule: 1,
  alarmMetric: 0.1,
  // Amazon CloudWatch: a metric of detailed monitoring, and two high-resolution alarms
  fastCpu: 3 * 0.3,
  dashboard: 3,
};

export const usd = (amount: number): string => amount.toFixed(2);
