import type { LogFn, Logger } from 'pino';

type LogMethod = (this: Logger, args: Parameters<LogFn>, method: LogFn, level: number) => void;

/** A fault that goes on is logged this often, in milliseconds. */
const INTERVAL = 1000;
/** pino's numbers for what is a fault and may repeat itself; a fatal error comes once. */
const [WARN, ERROR] = [40, 50];

/**
 * Logs a fault at once, and while it repeats itself one line each second: the latest one, whose `repeated` says how many came
 * since the line before. Faults of one event and message are the same.
 */
export function countRepeats(): LogMethod {
  const known = new Map<string, { count: number; latest: object }>();

  return function logMethod(args, method, level) {
    const [fields, message] = args as unknown as [{ event?: string }, string];
    if (!fields.event || (level !== WARN && level !== ERROR)) return method.apply(this, args);

    const key = `${fields.event} ${message}`;
    const repeats = known.get(key);
    if (repeats) {
      repeats.count++;
      repeats.latest = fields;
      return;
    }
    method.apply(this, args);
    const fault = { count: 0, latest: fields as object };
    known.set(key, fault);
    const timer = setInterval(() => {
      if (fault.count === 0) {
        known.delete(key);
        clearInterval(timer);
        return;
      }
      method.call(this, { ...fault.latest, repeated: fault.count }, message);
      fault.count = 0;
    }, INTERVAL).unref();
  };
}
