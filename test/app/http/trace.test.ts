import type { IncomingMessage } from 'node:http';
import { traceOf } from '../../../app/http/trace';

const ROOT = '1-67891233-abcdef012345678912345678';
const trace = (...values: string[]) =>
  traceOf({ headers: { 'x-amzn-trace-id': values.join(', ') } } as unknown as IncomingMessage);
const OWN = /^[0-9a-f-]{36}$/;

describe('The trace of a request', () => {
  it.each([`Root=${ROOT}`, `Self=1-67891234-12456789abcdef012345678;Root=${ROOT}`, `Root=${ROOT};Sampled=1`])(
    "is the load balancer's: %s",
    (header) => {
      expect(trace(header)).toEqual({ trace: ROOT, instance: `urn:x-amzn-trace-id:${ROOT}` });
    },
  );

  it.each([
    '',
    ROOT,
    `Root=${ROOT}0`,
    `root=${ROOT.toUpperCase()}`,
    `Root=1-67891233-${'a'.repeat(8000)}`,
    `Root=${ROOT}\\n{"level":"fatal"}`,
    'Root=<script>',
  ])('is our own where the header is not of that form: %s', (header) => {
    const { trace: id, instance } = trace(header);
    expect(id).toMatch(OWN);
    expect(instance).toBe(`urn:uuid:${id}`);
  });

  it('is our own, another each time, where there is none', () => {
    const [one, other] = [1, 2].map(() => traceOf({ headers: {} } as IncomingMessage).trace);
    expect(one).toMatch(OWN);
    expect(other).not.toBe(one);
  });
});
