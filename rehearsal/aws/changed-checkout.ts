import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { ScenarioRun } from '../scenario';

const ROOT = join(__dirname, '../..');
const LEFT_OUT = ['.git', '.keepsake', 'cdk.out', 'node_modules'];

/** A copy of this checkout that differs in one file: another version to deploy. */
export function changedCheckout(run: ScenarioRun, file: string, change: (text: string) => string): string {
  const copy = mkdtempSync(join(tmpdir(), 'keepsake-changed-'));
  run.cleanUp(() => rmSync(copy, { recursive: true, force: true }));
  cpSync(ROOT, copy, { recursive: true, filter: (path) => !LEFT_OUT.includes(basename(path)) });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  writeFileSync(join(copy, file), change(readFileSync(join(copy, file), 'utf8')));
  return copy;
}
