/** A rule of checkov that does not hold. cfn-lint has no exceptions. */
interface TemplateException {
  readonly reason: string;
  /** @default every template */
  readonly templates?: readonly string[];
}

const withoutDomain = ['dev', 'prod'];
const noCertificate =
  'Without a domain name there is no certificate; the settings domainName and hostedZoneId add HTTPS.';

export const exceptions: Record<string, TemplateException> = {
  CKV_AWS_260: {
    reason: 'Port 80 of the public load balancer is the entrance; with a domain name it only redirects.',
  },
  CKV_AWS_91: {
    reason:
      'Access logs go to CloudWatch Logs (lib/access-log.ts), where this rule does not look; dev has none, being without users.',
  },
  CKV_AWS_2: { templates: withoutDomain, reason: noCertificate },
  CKV_AWS_103: { templates: withoutDomain, reason: noCertificate },
  CKV_AWS_158: {
    templates: ['dev'],
    reason: 'Log groups are encrypted with the key that CloudWatch Logs owns.',
  },
  CKV_AWS_26: { templates: ['dev'], reason: 'Alarm messages hold no data.' },
  CKV_AWS_65: {
    templates: ['dev'],
    reason: 'Container Insights bills each metric.',
  },
  CKV_AWS_166: {
    templates: ['prod', 'prod-domain'],
    reason:
      'The vault is encrypted with the key of AWS Backup. It outlives the stack, and with it would a key that bills 1 USD a month.',
  },
};
