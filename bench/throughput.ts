import { compare } from './comparison';
import type { Measured } from './load';
import type { Program } from './servers';
import { judged, median } from './support';

export const columns = ['operation', 'requests/s, of bare', 'p99, of bare', '× Fastify', '× Flask'];

/** Every operation of the API on this machine, against the same bytes from Node.js alone, Fastify and Flask. */
export async function* rows(only: string): AsyncGenerator<string[]> {
  for await (const [row, rounds] of compare(only)) {
    const ratio = (other: Program, field: keyof Measured) =>
      median(rounds.map((round) => round.keepsake[field] / round[other][field]));
    const [rate, p99, fastify] = [ratio('bare', 'rate'), ratio('bare', 'p99'), ratio('fastify', 'rate')];
    yield [
      row.name,
      judged(rate.toFixed(2), rate >= row.target),
      judged(p99.toFixed(2), p99 <= 1.3),
      judged(fastify.toFixed(2), fastify > 1),
      ratio('flask', 'rate').toFixed(1),
    ];
  }
}
