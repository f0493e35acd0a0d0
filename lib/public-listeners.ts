import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager';
import {
  type ApplicationLoadBalancer,
  ApplicationProtocol,
  type ApplicationTargetGroup,
  ListenerAction,
  SslPolicy,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { ARecord, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { LoadBalancerTarget } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import { acknowledge } from './support/acknowledge';
import { refuseUndefined } from './support/refuse-undefined';

export interface PublicListenersProps {
  readonly loadBalancer: ApplicationLoadBalancer;
  readonly targetGroup: ApplicationTargetGroup;
  /** @default HTTP under the load balancer's own name */
  readonly domainName?: string;
  /** The Route 53 zone of `domainName`. */
  readonly hostedZoneId?: string;
}

/** Port 80, and with a domain name also port 443, to which port 80 then redirects. */
export class PublicListeners extends Construct {
  /** Where people find the service. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: PublicListenersProps) {
    super(scope, id);
    refuseUndefined(this.node.path, props, ['domainName', 'hostedZoneId']);
    const { loadBalancer, targetGroup, domainName, hostedZoneId } = props;
    if (domainName && hostedZoneId) {
      const zone = HostedZone.fromHostedZoneId(this, 'Zone', hostedZoneId);
      const certificate = new Certificate(this, 'Certificate', {
        domainName,
        validation: CertificateValidation.fromDns(zone),
      });
      loadBalancer.addListener('Https', {
        protocol: ApplicationProtocol.HTTPS,
        certificates: [certificate],
        sslPolicy: SslPolicy.TLS13_12_RES_PQ, // TLS 1.2 and 1.3, forward secrecy only, post-quantum key exchange
        defaultAction: ListenerAction.forward([targetGroup]),
      });
      const redirect = loadBalancer.addListener('Http', {
        protocol: ApplicationProtocol.HTTP,
        defaultAction: ListenerAction.redirect({ protocol: 'HTTPS', port: '443', permanent: true }),
      });
      acknowledge(redirect, {
        rule: 'ELBv2ACMCertificateRequired',
        reason:
          'Port 80 answers nothing but a redirect to HTTPS; the listener on port 443 has the certificate.',
      });
      new ARecord(this, 'Record', {
        zone,
        recordName: `${domainName}.`, // the dot makes it absolute: the zone's own name is not known here
        target: RecordTarget.fromAlias(new LoadBalancerTarget(loadBalancer)),
      });
      this.url = `https://${domainName}`;
      return;
    }
    const listener = loadBalancer.addListener('Http', {
      protocol: ApplicationProtocol.HTTP,
      defaultAction: ListenerAction.forward([targetGroup]),
    });
    this.url = `http://${loadBalancer.loadBalancerDnsName}`;
    const reason =
      'No certificate can be had for the name that AWS gives to a load balancer. The settings domainName and hostedZoneId add HTTPS and make port 80 redirect.';
    acknowledge(loadBalancer, { rule: 'ALBHttpToHttpsRedirection', reason });
    acknowledge(listener, { rule: 'ELBv2ACMCertificateRequired', reason });
  }
}
