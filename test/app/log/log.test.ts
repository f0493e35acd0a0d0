import { openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLog } from '../../../app/log/log';
import { temporaryDirectory } from '../../support/temporary';

function newLog(level = 'info') {
  const path = join(temporaryDirectory(), 'log');
  const { log, end } = createLog(level, openSync(path, 'a'));
  const lines = () => {
    end();
    const text = readFileSync(path, 'utf8');
    return text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
  };
  return { log, lines };
}

describe('createLog', () => {
  it('writes JSON lines with a level, a time in UTC and what is given, and nothing of the machine', () => {
    const { log, lines } = newLog();
    log.info({ event: 'listening', port: 8080 }, 'Listening');
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/);
    expect(lines()).toEqual([{ level: 'info', time, event: 'listening', port: 8080, msg: 'Listening' }]);
  });

  it('leaves out what is below its level', () => {
    const { log, lines } = newLog('error');
    log.warn('Not this');
    expect(lines()).toEqual([]);
  });

  it('cuts a long URL, and keeps others', () => {
    const { log, lines } = newLog();
    log.info({ url: `/${'x'.repeat(10_000)}` }, 'long');
    log.info({ url: '/files' }, 'short');
    const [long, short] = lines();
    expect(long.url).toBe(`/${'x'.repeat(199)}…`);
    expect(short.url).toBe('/files');
  });

  it('says why an error came about', () => {
    const { log, lines } = newLog();
    log.error({ err: Object.assign(new Error('It failed.'), { code: 'EIO' }) }, 'A request failed.');
    expect(lines()[0].err).toMatchObject({ code: 'EIO', message: 'It failed.', stack: expect.any(String) });
  });
});
