import { fargateMemory } from '../../../lib/settings/fargate-sizes';

// Count, least and most in MiB, from the table in AWS's documentation.
test.each([
  [256, 3, 512, 2048],
  [512, 4, 1024, 4096],
  [1024, 7, 2048, 8192],
  [2048, 13, 4096, 16384],
  [4096, 23, 8192, 30720],
  [8192, 12, 16384, 61440],
  [16384, 12, 32768, 122880],
])('cpu %i goes with %i sizes of memory, from %i to %i MiB', (cpu, count, least, most) => {
  const sizes = fargateMemory[cpu] ?? [];
  expect([sizes.length, sizes[0], sizes.at(-1)]).toEqual([count, least, most]);
});
