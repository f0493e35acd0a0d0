import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { median, type Row, temporaryDirectory } from './support';

/** `cdk synth` of the stage dev, as `npx cdk synth` runs it. */
export async function synth(): Promise<Row[]> {
  const root = join(__dirname, '..');
  const times: number[] = [];
  for (let round = 0; round < 3; round++) {
    const begun = performance.now();
    execFileSync(
      join(root, 'node_modules/.bin/cdk'),
      ['synth', '--quiet', '--output', temporaryDirectory()],
      { cwd: root },
    );
    times.push((performance.now() - begun) / 1000);
  }
  const value = median(times);
  return [
    { measure: 'cdk synth of dev', figure: `${value.toFixed(1)} s`, target: '< 5 s', holds: value < 5 },
  ];
}
