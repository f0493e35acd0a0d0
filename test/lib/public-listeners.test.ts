import { Match, Template } from 'aws-cdk-lib/assertions';
import { PublicLoadBalancer } from '../../lib/public-load-balancer';
import { aStack, timing } from './support/a-service';
import { only, resources } from './support/resources';

function listeners(domain = {}) {
  const { stack, vpc, telemetry } = aStack();
  const { url } = new PublicLoadBalancer(stack, 'Entrance', {
    vpc,
    targetPort: 80,
    healthCheckPath: '/',
    timing,
    ...domain,
    deletionProtection: false,
    accessLogs: false,
    firewall: false,
    telemetry,
  });
  const template = Template.fromStack(stack);
  const byPort = resources(template, 'AWS::ElasticLoadBalancingV2::Listener').map(([, { Properties }]) => [
    Properties.Port,
    Properties,
  ]);
  return { template, url: stack.resolve(url), byPort: Object.fromEntries(byPort) };
}

describe('without a domain name', () => {
  const { template, url, byPort } = listeners();

  test('port 80 forwards to the targets, and no other port is open', () => {
    expect(Object.keys(byPort)).toEqual(['80']);
    expect(byPort[80].DefaultActions).toEqual([{ Type: 'forward', TargetGroupArn: expect.anything() }]);
  });

  test("the URL has the load balancer's own name", () => {
    expect(url).toEqual({ 'Fn::Join': ['', ['http://', { 'Fn::GetAtt': [expect.any(String), 'DNSName'] }]] });
  });

  test('there is no certificate', () => {
    template.resourceCountIs('AWS::CertificateManager::Certificate', 0);
  });
});

describe('with a domain name', () => {
  const { template, url, byPort } = listeners({
    domainName: 'memos.example.org',
    hostedZoneId: 'Z00000000000',
  });

  test('port 443 forwards to the targets', () => {
    expect(byPort[443].DefaultActions).toEqual([{ Type: 'forward', TargetGroupArn: expect.anything() }]);
  });

  test('port 443 takes TLS 1.2 and later', () => {
    expect(byPort[443].SslPolicy).toMatch(/^ELBSecurityPolicy-TLS13-1-2-Res-/);
  });

  test('port 80 does nothing but redirect, for good', () => {
    expect(byPort[80].DefaultActions).toEqual([
      { Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } },
    ]);
  });

  test('the certificate is validated in the hosted zone', () => {
    expect(only(template, 'AWS::CertificateManager::Certificate')).toMatchObject({
      DomainName: 'memos.example.org',
      ValidationMethod: 'DNS',
      DomainValidationOptions: [{ HostedZoneId: 'Z00000000000' }],
    });
  });

  test('the name leads to the load balancer', () => {
    template.hasResourceProperties('AWS::Route53::RecordSet', {
      Name: 'memos.example.org.',
      Type: 'A',
      HostedZoneId: 'Z00000000000',
      AliasTarget: { DNSName: Match.anyValue() },
    });
  });

  test('the URL has the name', () => {
    expect(url).toBe('https://memos.example.org');
  });
});
