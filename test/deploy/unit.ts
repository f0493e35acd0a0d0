import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const unitPath = join(__dirname, '../../deploy/systemd/keepsake.service');

/** The values of a key in a unit file, in its order, with continued lines joined. */
export function unitValues(key: string): string[] {
  const lines = readFileSync(unitPath, 'utf8').replaceAll('\\\n', ' ').split('\n');
  return lines.filter((line) => line.startsWith(`${key}=`)).map((line) => line.slice(key.length + 1).trim());
}

/** The only value of a key. */
export function unitValue(key: string): string {
  const [value, ...more] = unitValues(key);
  if (value === undefined || more.length > 0) throw new Error(`${key} is there ${more.length + 1} times`);
  return value;
}

/** A command of the unit in words, with its variables replaced: those of `Environment`, unless `given` has others. */
export function unitCommand(key: string, given: Record<string, string> = {}): string[] {
  const defaults = unitValues('Environment').map((pair) => pair.split('=', 2) as [string, string]);
  const variables: Record<string, string> = { ...Object.fromEntries(defaults), ...given };
  return unitValue(key)
    .replace(/^-/, '')
    .split(/\s+/)
    .map((word) => word.replace(/\$\{(\w+)\}/g, (_, name) => variables[name] ?? ''));
}
