import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';

/**
 * The page needs nothing but its own files. Not `upgrade-insecure-requests`, helmet's default: without a domain name the
 * load balancer speaks HTTP alone, and the page would lose its style and script.
 */
const setSecurityHeaders = helmet({
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
  xPoweredBy: false,
});

/** The security headers of every answer, names and values in turn. Made once: helmet would set them one by one each time. */
export const SECURITY_HEADERS: readonly string[] = (() => {
  const headers: string[] = [];
  const collect = { setHeader: (name: string, value: string) => headers.push(name, value) };
  setSecurityHeaders({} as IncomingMessage, collect as unknown as ServerResponse, (error) => {
    if (error) throw error;
  });
  return headers;
})();
