import { p99, reasons, type Sample } from '../../rehearsal/timeline';

const sample = (to: number, more: Partial<Sample> = {}): Sample => ({
  from: 0,
  to,
  route: 'GET /',
  status: 200,
  failure: undefined,
  ...more,
});

test('the p99 of a hundred requests is the second slowest', () => {
  expect(p99(Array.from({ length: 100 }, (_, i) => sample(i + 1)))).toBe(99);
});

test('failures are told by their reason, with how often each occurred', () => {
  const failures = [sample(1, { failure: 'status 502' }), sample(2, { failure: 'status 502' })];
  expect(reasons([...failures, sample(3, { failure: 'ECONNRESET', route: 'GET /file' })])).toBe(
    '2 × status 502 at GET /, 1 × ECONNRESET at GET /file',
  );
});
