import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ScenarioContext } from '../scenario';

const ROOT = join(__dirname, '../..');

/** A copy of this checkout that differs in one file: another version to deploy. */
export function changedCheckout(
  { cleanUp }: ScenarioContext,
  file: string,
  change: (text: string) => string,
): string {
  const copy = mkdtempSync(join(tmpdir(), 'keepsake-changed-'));
  cleanUp(() => rmSync(copy, { recursive: true, force: true }));
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  for (const name of execFileSync('git', list, { cwd: ROOT, encoding: 'utf8' }).split('\0').filter(Boolean)) {
    cpSync(join(ROOT, name), join(copy, name));
  }
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  writeFileSync(join(copy, file), change(readFileSync(join(copy, file), 'utf8')));
  return copy;
}
