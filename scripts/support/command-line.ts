import { Argument, Command, CommanderError } from 'commander';
import { ContextError } from '../../lib/settings/context-error';
import { didYouMean } from '../../lib/support/did-you-mean';
import { type CommandName, summaryOf } from './commands';

/** What a person has to know, in one line: something is missing, taken or broken. Ends a command without a stack trace. */
export class Failure extends Error {
  override name = 'Failure';

  constructor(
    message: string,
    readonly exitCode = 1,
  ) {
    super(message);
  }
}

export interface Help {
  /** What a person types. */
  readonly examples: readonly string[];
  /** What an exit code means, where that is more than below. */
  readonly exitCodes?: Readonly<Record<number, string>>;
}

const EXIT_CODES = { 0: 'done', 1: 'failed; one line says why', 2: 'called wrongly; nothing was done' };

/** A command of package.json with `--help`. Add options, arguments and an action to it as Commander says, and `run` it. */
export function command(name: CommandName, { examples, exitCodes }: Help): Command {
  const codes = Object.entries({ ...EXIT_CODES, ...exitCodes }).map(
    ([code, meaning]) => `${code}  ${meaning}`,
  );
  return new Command(name)
    .description(summaryOf(name))
    .configureHelp({ commandUsage: usageOf })
    .configureOutput({ outputError: () => {} })
    .exitOverride()
    .addHelpText('after', section('Examples', examples) + section('Exit codes', codes));
}

const section = (title: string, lines: readonly string[]) =>
  [`\n${title}:`, ...lines.map((line) => `  ${line}`), ''].join('\n');

const usageOf = (command: Command) => `npm run ${command.name()} -- ${command.usage()}`;

/** Reads a value that is a whole number. */
export const wholeNumber = (name: string, from: number, to: number) => (value: string) => {
  if (/^\d+$/.test(value) && Number(value) >= from && Number(value) <= to) return Number(value);
  throw new Failure(`${name} is "${value}", but must be a whole number from ${from} to ${to}`, 2);
};

/** The argument of a command that works on a few things: those that are named, or all of them. */
export const someOf = (name: string, allowed: readonly string[], description: string): Argument =>
  new Argument(`[${name}...]`, description).choices(allowed).default(allowed, 'all of them');

/** What Node.js exits with when an `await` at top level never settles (nodejs.org, Process, Exit codes). */
const UNSETTLED = 13;

/**
 * Runs a command and ends this process: with `process.exitCode`, if the action has set it; with 2 when it is called wrongly;
 * with the code of a Failure; with 2 for a wrong setting. Any other error is a defect and keeps its stack trace.
 *
 * Work that waits for what never comes leaves Node.js with nothing to do: by itself it would exit with 0, as if all were well.
 */
export function run(command: Command): void {
  process.once('beforeExit', () => {
    const defect = 'nothing is left to wait for, but the work is not done; this is a defect';
    console.error(`${command.name()}: ${defect}`);
    process.exit(UNSETTLED);
  });
  command.parseAsync().then(
    () => process.exit(),
    (error) => process.exit(explain(error, command)),
  );
}

/** Says in one line what went wrong. @returns the exit code. */
function explain(error: Error, command: Command): number {
  const say = (message: string, exitCode: number) => {
    console.error(`${command.name()}: ${message}`);
    return exitCode;
  };
  if (error instanceof Failure) return say(error.message, error.exitCode);
  if (error instanceof ContextError) return say(error.message, 2);
  if ('$fault' in error) return say(`AWS refused: ${error.message} (${error.name})`, 1);
  if (!(error instanceof CommanderError)) throw error;
  return error.exitCode === 0 ? 0 /* --help */ : say(misuse(error, command), 2);
}

/** Commander's message in one line, with what is allowed instead, and what is nearest to what is refused. */
function misuse({ code, message }: CommanderError, command: Command): string {
  const [, text = message] = /^error: ([^\n]*)/.exec(message) ?? [];
  if (code === 'commander.unknownOption') {
    const [, option = ''] = /'(.*)'/.exec(text) ?? [];
    const allowed = [...command.options.flatMap(({ long }) => long ?? []), '--help'];
    return `${text}; choose ${allowed.join(', ')}${didYouMean(option, allowed)}`;
  }
  const [, value = '', choices] = /'([^']*)' is invalid.* choices are (.*)\.$/.exec(text) ?? [];
  if (choices) return `${text.slice(0, -1)}${didYouMean(value, choices.split(', '))}`;
  const excess = command.args.slice(command.registeredArguments.length);
  const reason = code === 'commander.excessArguments' ? `unexpected argument '${excess[0]}'` : text;
  return `${reason}; usage: ${usageOf(command)}`;
}
