import { anyOf } from './any-of';

/** The memory in MiB that Fargate offers for each cpu. Source: AWS, "Task size" of the task definition parameters. */
const memorySizes: Readonly<Record<number, readonly number[]>> = {
  256: [512, 1024, 2048],
  512: gibibytes(1, 4),
  1024: gibibytes(2, 8),
  2048: gibibytes(4, 16),
  4096: gibibytes(8, 30),
  8192: gibibytes(16, 60, 4),
  16384: gibibytes(32, 120, 8),
};

/** 1024 is one vCPU. */
export const fargateCpus: readonly number[] = Object.keys(memorySizes).map(Number);

/** A sentence that says what Fargate has instead, or undefined when it has tasks of this size. */
export function refusedSize(cpu: number, memoryMiB: number): string | undefined {
  const sizes = memorySizes[cpu];
  if (!sizes) return `Fargate has no cpu ${cpu}; choose ${anyOf(fargateCpus)}`;
  if (!sizes.includes(memoryMiB))
    return `Fargate has no ${memoryMiB} MiB with cpu ${cpu}; choose ${anyOf(sizes)}`;
  return undefined;
}

function gibibytes(from: number, to: number, step = 1): number[] {
  return Array.from({ length: (to - from) / step + 1 }, (_, index) => (from + index * step) * 1024);
}
