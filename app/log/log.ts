import pino, { type Logger } from 'pino';
import { LogOutput } from './log-output';
import { countRepeats } from './repeats';

/** The most of a URL that a line holds, in characters: a client chooses it. */
const LONGEST_URL = 200;

/** The log: JSON lines on the descriptor. `end` writes what still waits. */
export function createLog(level: string, fd: number): { log: Logger; end: () => void } {
  const output = new LogOutput(
    fd,
    (lost) =>
      `${JSON.stringify({
        level: 'warn',
        time: new Date().toISOString(),
        event: 'log_lines_lost',
        lost,
        msg: `${lost} log lines were lost: nobody read them, or they could not be written.`,
      })}\n`,
  );
  const log = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: {
        url: (url: string) => (url.length > LONGEST_URL ? `${url.slice(0, LONGEST_URL)}…` : url),
      },
      hooks: { logMethod: countRepeats() },
    },
    output,
  );
  return { log, end: () => output.end() };
}
