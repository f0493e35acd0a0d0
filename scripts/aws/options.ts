import { type Command, Option } from 'commander';
import { command, Failure, type Help } from '../support/command-line';
import type { CommandName } from '../support/commands';

/** What `-c key=value` gave. */
export type Context = Readonly<Record<string, string>>;

/** A command that takes settings, in the one way in which they are written. */
export function stageCommand(
  name: CommandName,
  help: Help,
  example = 'stage=prod',
  fallback = 'stage=dev',
): Command {
  // AWS's clients else print a notice about Node.js 20 that pushes the lines that matter off the screen.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const description = `a setting, such as -c ${example}; more than one may be given`;
  const option = new Option('-c, --context <key=value>', description).argParser(collectSettings);
  return command(name, help).addOption(option.default({}, fallback));
}

/** One that takes options of the CDK's own too, after a `--` of their own. */
export const cdkCommand = (...given: Parameters<typeof stageCommand>): Command =>
  stageCommand(...given).argument(
    '[cdk-options...]',
    'options of the CDK itself, after another --',
    collectOptions,
  );

function collectSettings(pair: string, before: Context): Context {
  const [, key, value] = /^([^=]+)=(.*)$/.exec(pair) ?? [];
  if (key === undefined || value === undefined) throw new Failure(`-c "${pair}" is not key=value`, 2);
  return { ...before, [key]: value };
}

function collectOptions(value: string, before: readonly string[] = []): string[] {
  if (before.length > 0 || value.startsWith('-')) return [...before, value];
  throw new Failure(`unexpected argument '${value}'; a stage is chosen with -c stage=prod`, 2);
}
