import helmet from 'helmet';

/**
 * Headers for every answer. The page needs nothing but its own files. Not `upgrade-insecure-requests`, helmet's default:
 * without a domain name the load balancer speaks HTTP alone, and the page would lose its style and script.
 */
export const securityHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      connectSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  // Those who serve it under their domain decide for their other subdomains themselves.
  strictTransportSecurity: { includeSubDomains: false },
});
