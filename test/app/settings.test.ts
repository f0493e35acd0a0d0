import { resolve } from 'node:path';
import { readSettings, SettingsError } from '../../app/settings';

describe('readSettings', () => {
  it('takes the defaults when nothing is set', () => {
    expect(readSettings({})).toEqual({
      port: 8080,
      historyDir: resolve('.keepsake/history'),
      generatedDir: resolve('.keepsake/generated'),
      drainSeconds: 0,
      publishSeconds: 60,
      logLevel: 'info',
    });
  });

  it('takes what is set', () => {
    const environment = {
      PORT: '80',
      HISTORY_DIR: '/mnt/history',
      GENERATED_DIR: '/var/lib/keepsake',
      DRAIN_SECONDS: '10',
      PUBLISH_SECONDS: '5',
      LOG_LEVEL: 'debug',
    };
    expect(readSettings(environment)).toEqual({
      port: 80,
      historyDir: '/mnt/history',
      generatedDir: '/var/lib/keepsake',
      drainSeconds: 10,
      publishSeconds: 5,
      logLevel: 'debug',
    });
  });

  it('takes an empty variable as one that is not set', () => {
    expect(readSettings({ PORT: '' }).port).toBe(8080);
  });

  it.each([
    ['PORT', 'http', 'PORT is "http", but must be a whole number from 0 to 65535.'],
    ['PORT', '65536', 'PORT is "65536", but must be a whole number from 0 to 65535.'],
    ['PORT', '-1', 'PORT is "-1", but must be a whole number from 0 to 65535.'],
    ['PORT', '80.5', 'PORT is "80.5", but must be a whole number from 0 to 65535.'],
    ['DRAIN_SECONDS', '111', 'DRAIN_SECONDS is "111", but must be a whole number from 0 to 110 seconds.'],
    ['DRAIN_SECONDS', '10s', 'DRAIN_SECONDS is "10s", but must be a whole number from 0 to 110 seconds.'],
    [
      'PUBLISH_SECONDS',
      '1e3',
      'PUBLISH_SECONDS is "1e3", but must be a whole number from 0 to 3600 seconds.',
    ],
    [
      'HISTORY_DIR',
      ' /mnt',
      'HISTORY_DIR is " /mnt", but must be the path of a directory, without spaces around it.',
    ],
    [
      'LOG_LEVEL',
      'loud\n',
      'LOG_LEVEL is "loud\\n", but must be one of trace, debug, info, warn, error, fatal, silent.',
    ],
  ])('refuses %s=%j in one line that says what is allowed', (name, value, message) => {
    expect(() => readSettings({ [name]: value })).toThrow(new SettingsError(message));
  });
});
