import pino from 'pino';
import { countRepeats } from '../../../app/log/repeats';

function logger() {
  const lines: Record<string, unknown>[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line));
  const log = pino({ base: null, timestamp: false, hooks: { logMethod: countRepeats() } }, { write });
  return { log, lines };
}

describe('countRepeats', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('logs a fault at once, and the latest of its repetitions with their number each second', () => {
    const { log, lines } = logger();
    for (let second = 0; second < 3; second++) {
      for (let n = 0; n < 100; n++) log.error({ event: 'failed', n: second * 100 + n }, 'It failed.');
      jest.advanceTimersByTime(1000);
    }
    const fault = { level: 50, event: 'failed', msg: 'It failed.' };
    expect(lines).toEqual([
      { ...fault, n: 0 },
      { ...fault, n: 99, repeated: 99 },
      { ...fault, n: 199, repeated: 100 },
      { ...fault, n: 299, repeated: 100 },
    ]);
  });

  it('logs a fault at once again when it had stopped', () => {
    const { log, lines } = logger();
    for (let n = 0; n < 3; n++) {
      log.warn({ event: 'failed', n }, 'It failed.');
      jest.advanceTimersByTime(1000);
    }
    expect(lines.map(({ n }) => n)).toEqual([0, 1, 2]);
  });

  it('tells faults of another event or message apart', () => {
    const { log, lines } = logger();
    log.error({ event: 'failed' }, 'It failed.');
    log.error({ event: 'failed' }, 'It failed otherwise.');
    log.error({ event: 'refused' }, 'It failed.');
    expect(lines).toHaveLength(3);
  });

  it('logs everything that is no fault, or has no event', () => {
    const { log, lines } = logger();
    for (let n = 0; n < 5; n++) {
      log.info({ event: 'listening' }, 'Listening');
      log.error('It failed.');
    }
    expect(lines).toHaveLength(10);
  });
});
