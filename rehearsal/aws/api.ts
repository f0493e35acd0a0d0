import { STS } from '@aws-sdk/client-sts';
import aws4 from 'aws4';
import { fetch } from 'undici';

/** The version of each API that takes a form, and the prefix of the target of each that takes JSON. */
const VERSIONS: Readonly<Record<string, string>> = {
  ec2: '2016-11-15',
  elasticloadbalancing: '2015-12-01',
  iam: '2010-05-08',
  monitoring: '2010-08-01',
  sns: '2010-03-31',
  sts: '2011-06-15',
};
const TARGETS: Readonly<Record<string, string>> = {
  acm: 'CertificateManager',
  'application-autoscaling': 'AnyScaleFrontendService',
  ecs: 'AmazonEC2ContainerServiceV20141113',
  events: 'AWSEvents',
  kms: 'TrentService',
  logs: 'Logs_20140328',
  wafv2: 'AWSWAF_20190729',
};

/**
 * Asks any of AWS's APIs in one line, without a library for each: `ec2 DescribeVpcs &`, `ecs ListClusters {}` or
 * `s3 DELETE /bucket?policy`. @returns the answer; '' when it is refused, as for what does not exist
 */
export async function ask(line: string): Promise<string> {
  const [, service = '', action = '', given = ''] = /^(\S+) (\S+) ?(.*)$/.exec(line) ?? [];
  const { region, credentials } = new STS().config;
  const request = { service, region: await region(), path: '/', ...content(service, action, given) };
  const { method, host, path = '/', headers, body } = aws4.sign(request, await credentials());
  const origin = process.env.AWS_ENDPOINT_URL ?? `https://${host}`;
  const options = { method: method ?? 'POST', headers: headers as Record<string, string>, body };
  const answer = await fetch(origin + path, options);
  const answered = await answer.text();
  return answer.ok ? answered : '';
}

function content(service: string, action: string, given: string): aws4.Request {
  if (/^(GET|POST|DELETE)$/.test(action)) {
    const [, path, body] = /^(\S+) ?(.*)$/.exec(given) ?? [];
    return { method: action, path, body: body || undefined };
  }
  const target = TARGETS[service];
  if (target) {
    const headers = { 'Content-Type': 'application/x-amz-json-1.1', 'X-Amz-Target': `${target}.${action}` };
    return { body: given, headers };
  }
  const body = `Action=${action}&Version=${VERSIONS[service]}${given}`;
  return { body, headers: { 'Content-Type': 'application/x-www-form-urlencoded' } };
}
