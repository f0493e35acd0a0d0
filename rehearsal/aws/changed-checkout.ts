import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ScenarioRun } from '../scenario';

const ROOT = join(__dirname, '../..');
const LEFT_OUT = ['.git', '.keepsake', 'cdk.out', 'node_modules'];

/** A copy of this checkout that differs in one file: another version to deploy. */
export function changedCheckout(run: ScenarioRun, file: string, change: (text: string) => string): string {
  const copy = run.temporaryDirectory();
  cpSync(ROOT, copy, { recursive: true, filter: (path) => !LEFT_OUT.includes(basename(path)) });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  writeFileSync(join(copy, file), change(readFileSync(join(copy, file), 'utf8')));
  return copy;
}
