import { fargateCpus, refusedSize } from '../../../lib/support/fargate-sizes';

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
  const sizes = Array.from({ length: 240 }, (_, index) => (index + 1) * 512);
  const allowed = sizes.filter((memory) => refusedSize(cpu, memory) === undefined);
  expect([allowed.length, allowed[0], allowed.at(-1)]).toEqual([count, least, most]);
});

test('a size that Fargate does not have is answered with what it has', () => {
  expect(refusedSize(256, 4096)).toBe('Fargate has no 4096 MiB with cpu 256; choose 512, 1024 or 2048');
  expect(refusedSize(300, 512)).toBe(
    'Fargate has no cpu 300; choose 256, 512, 1024, 2048, 4096, 8192 or 16384',
  );
  expect(fargateCpus).toContain(16384);
});
