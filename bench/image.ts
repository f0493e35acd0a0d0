import { hour } from '../scripts/aws/prices';
import { compare } from './comparison';
import type { Measured } from './load';
import { CPU, GIBIBYTES, PROGRAMS, TASK } from './servers';
import { median } from './support';

const USD_A_SECOND = (CPU * hour.vcpu + GIBIBYTES * hour.gibibyte) / 3600;

export const columns = [
  'operation',
  ...['requests/s', 'p99 in ms', 'million requests per USD'].map((what) => `${what}: ${PROGRAMS.join('/')}`),
];

/** Every operation of the API in the image, with the limits and at the price of a task on Fargate. */
export async function* rows(only: string): AsyncGenerator<string[]> {
  for await (const [row, rounds] of compare(only, TASK)) {
    const medians = (field: keyof Measured) =>
      PROGRAMS.map((program) => median(rounds.map((round) => round[program][field])));
    const rates = medians('rate');
    const cell = (values: number[]) => values.map((value) => value.toFixed(0)).join('/');
    yield [row.name, cell(rates), cell(medians('p99')), cell(rates.map((rate) => rate / USD_A_SECOND / 1e6))];
  }
}
