import { constants } from 'node:os';
import { join } from 'node:path';
import { historyGate } from './history/history';
import { live } from './lifecycle';
import { createLog } from './log/log';
import { withoutWaiting } from './log/log-output';
import { OwnFileError } from './own-file';
import { PortError } from './port';
import { readSettings, type Settings, SettingsError } from './settings';
import { readWebPage } from './web-page';

const gate = historyGate();
const settings = settingsOrExit();
const { log, end: endLog } = createLog(
  settings.logLevel,
  withoutWaiting(1, () => process.stdout),
);

function settingsOrExit(): Settings {
  try {
    return readSettings(process.env);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    console.error(error.message);
    process.exit(2);
  }
}

/**
 * Node.js joins its threads when it exits, so one that hangs in storage would keep the process alive until it is killed.
 * Becoming another program ends them. Node.js before 22.15 cannot: there, the process is killed, and its code is 137.
 */
function exit(code: number): never {
  endLog();
  if (gate.busy) {
    const { execve } = process as { execve?: (file: string, argv: string[], env: object) => never };
    execve?.(process.execPath, [process.execPath, '--eval', `process.exit(${code})`], {});
    process.kill(process.pid, 'SIGKILL');
  }
  process.exit(code);
}

/** Logs why the process ends. Of a fault that somebody can mend, the message says all; of a defect, the stack is needed. */
function fail(error: Error): never {
  const expected = error instanceof PortError || error instanceof OwnFileError;
  log.fatal({ event: 'failed', ...(!expected && { err: error }) }, error.message);
  exit(1);
}

process.on('uncaughtException', fail);

/** Ctrl-C reaches npm and this process, and npm sends it on: two SIGINT within so many milliseconds are one. */
const SAME_KEYSTROKE = 100;

const stop = new AbortController();
let stopped = 0;
// A terminal that is closed sends SIGHUP.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (!stop.signal.aborted) {
      stopped = performance.now();
      stop.abort();
    } else if (signal !== 'SIGINT' || performance.now() - stopped > SAME_KEYSTROKE) {
      exit(128 + constants.signals[signal]);
    }
  });
}

live({
  settings,
  page: readWebPage(join(__dirname, 'web')),
  gate,
  log,
  since: new Date(performance.timeOrigin),
  metadata: process.env.ECS_CONTAINER_METADATA_URI_V4,
  stop: stop.signal,
}).then(
  () => exit(0),
  // Told to stop before it served anything: nothing failed.
  (error) => (error.name === 'AbortError' ? exit(0) : fail(error)),
);
