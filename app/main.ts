import { constants } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { historyGate } from './history/history';
import { live } from './lifecycle';
import { readSettings, type Settings, SettingsError } from './settings';
import { readWebPage } from './web-page';

const gate = historyGate();

/**
 * Node.js joins its threads when it exits, so one that hangs in storage would keep the process alive until it is killed.
 * Becoming another program ends them. Node.js before 22.15 cannot: there, the process is killed, and its code is 137.
 */
function exit(code: number): never {
  if (gate.busy) {
    const { execve } = process as { execve?: (file: string, argv: string[], env: object) => never };
    execve?.(process.execPath, [process.execPath, '--eval', `process.exit(${code})`], {});
    process.kill(process.pid, 'SIGKILL');
  }
  process.exit(code);
}

function settingsOrExit(): Settings {
  try {
    return readSettings(process.env);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    console.error(error.message);
    exit(2);
  }
}

const settings = settingsOrExit();
const log = pino(
  {
    level: settings.logLevel,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (level) => ({ level }) },
  },
  // At once, not by a thread: the last line, the one that says why, must be out before the process ends by SIGKILL, and
  // must not wait for a thread that storage holds.
  pino.destination({ sync: true }),
);

const stop = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (stop.signal.aborted) exit(128 + constants.signals[signal]);
    stop.abort();
  });
}

live({ settings, page: readWebPage(join(__dirname, 'web')), gate, log, stop: stop.signal }).then(
  () => exit(0),
  (error) => {
    // Told to stop before it served anything: nothing failed.
    if (error.name === 'AbortError') exit(0);
    log.fatal({ event: 'failed', err: error }, error.message);
    exit(1);
  },
);
