import { resolve } from 'node:path';

export interface Settings {
  /** The TCP port to listen on; 0 lets the operating system choose. */
  port: number;
  /** The directory of the history that all containers share, absolute. */
  historyDir: string;
  /** The directory in which this container's own file is made, absolute. */
  generatedDir: string;
  /** How long to go on serving after SIGTERM, in seconds. */
  drainSeconds: number;
  /** How long to go on trying to publish the own file, in seconds. */
  publishSeconds: number;
  logLevel: string;
}

/** The environment does not describe valid settings; the message is one line that says what is allowed. */
export class SettingsError extends Error {
  override name = 'SettingsError';
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/**
 * Reads the settings from environment variables. One that is unset or empty takes its default.
 * @throws SettingsError that names the variable, its value and what is allowed.
 */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const read = (name: string, fallback: string) => environment[name] || fallback;

  const seconds = (name: string, fallback: number, maximum: number) =>
    wholeNumber(name, fallback, maximum, ' seconds');
  const wholeNumber = (name: string, fallback: number, maximum: number, unit = '') => {
    const value = read(name, String(fallback));
    if (/^\d{1,9}$/.test(value) && Number(value) <= maximum) return Number(value);
    throw refusal(name, value, `a whole number from 0 to ${maximum}${unit}`);
  };
  const directory = (name: string, fallback: string) => {
    const value = read(name, fallback);
    if (!value.includes('\0') && value.trim() === value) return resolve(value);
    throw refusal(name, value, 'the path of a directory, without spaces around it');
  };
  const oneOf = (name: string, fallback: string, allowed: string[]) => {
    const value = read(name, fallback);
    if (allowed.includes(value)) return value;
    throw refusal(name, value, `one of ${allowed.join(', ')}`);
  };

  return {
    port: wholeNumber('PORT', 8080, 65_535),
    historyDir: directory('HISTORY_DIR', '.keepsake/history'),
    generatedDir: directory('GENERATED_DIR', '.keepsake/generated'),
    // ECS kills a task at the latest 120 s after SIGTERM (AWS: "Amazon ECS task definition parameters", stopTimeout).
    drainSeconds: seconds('DRAIN_SECONDS', 0, 110),
    publishSeconds: seconds('PUBLISH_SECONDS', 60, 3600),
    logLevel: oneOf('LOG_LEVEL', 'info', LOG_LEVELS),
  };
}

const refusal = (name: string, value: string, allowed: string) =>
  new SettingsError(`${name} is ${JSON.stringify(value)}, but must be ${allowed}.`);
