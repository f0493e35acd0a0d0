import type { Command } from 'commander';
import { Failure } from '../support/command-line';

/** Lets a command take options of the CDK's own, after a `--` of their own. */
export const withCdkOptions = (command: Command): Command =>
  command.argument('[cdk-options...]', 'options of the CDK itself, after another --', collect, []);

function collect(value: string, before: readonly string[]): string[] {
  if (before.length > 0 || value.startsWith('-')) return [...before, value];
  throw new Failure(`unexpected argument '${value}'; a stage is chosen with -c stage=prod`, 2);
}

/** Options that were given as the CDK takes them: `{ outputsFile: 'x' }` → `--outputs-file x`. */
export const asGiven = (options: Readonly<Record<string, string | undefined>>): string[] =>
  Object.entries(options).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, value],
  );
