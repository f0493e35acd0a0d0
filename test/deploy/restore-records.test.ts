import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { History } from '../../app/history/history';
import { newRecordName } from '../../app/history/record-name';
import { shardPaths } from '../../app/history/shard-path';
import { nameAt, putRecord } from '../support/records';
import { temporaryDirectory } from '../support/temporary';

const SCRIPT = readFileSync(join(__dirname, '../../deploy/restore-records.js'), 'utf8');
const [yesterday, today] = ['2026-11-20T10:11:12Z', '2026-11-21T10:11:12Z'].map(nameAt) as [string, string];

/** As the runbook's task runs it: the image has the text from the command line alone. */
function run(environment: Record<string, string>): string {
  return execFileSync(process.execPath, ['--eval', SCRIPT], { encoding: 'utf8', env: environment }).trim();
}

/** A file system like the one that AWS Backup restored into: the history has lost yesterday. */
function fileSystem(beside = (root: string) => join(root, 'aws-backup-restore_2026-11-21T12-00-00Z')) {
  const root = temporaryDirectory();
  const [HISTORY_DIR, RESTORED_DIR] = [join(root, 'history'), join(beside(root), 'history')];
  putRecord(HISTORY_DIR, today);
  putRecord(RESTORED_DIR, today);
  putRecord(RESTORED_DIR, yesterday, 2);
  return { HISTORY_DIR, RESTORED_DIR };
}

/** Of the container that looks. */
const own = newRecordName();

const listed = async (directory: string) => {
  const { names } = await new History({ directory, own }).page({ limit: 10 });
  return names.toNames();
};

test('restored records are in the history again, where a container lists and reads them', async () => {
  const environment = fileSystem();
  expect(await listed(environment.HISTORY_DIR)).toEqual([today]);
  expect(run(environment)).toBe('1 records added, 1 were there');
  expect(await listed(environment.HISTORY_DIR)).toEqual([today, yesterday]);
  const text = await new History({ directory: environment.HISTORY_DIR, own }).read(yesterday);
  expect(`${text}`).toBe(`${yesterday}\n`);
});

test('a record that is there stays as it is', () => {
  const environment = fileSystem();
  writeFileSync(join(environment.RESTORED_DIR, shardPaths(today)[0] as string, today), 'another text');
  run(environment);
  const kept = readFileSync(join(environment.HISTORY_DIR, shardPaths(today)[0] as string, today), 'utf8');
  expect(kept).toBe(`${today}\n`);
});

test('a second run adds nothing', () => {
  const environment = fileSystem();
  run(environment);
  expect(run(environment)).toBe('0 records added, 2 were there');
});

test('temporary and foreign files are left where they are', () => {
  const environment = fileSystem();
  for (const path of ['.incoming', 'notes']) {
    mkdirSync(join(environment.RESTORED_DIR, path));
    writeFileSync(join(environment.RESTORED_DIR, path, yesterday), 'half');
  }
  writeFileSync(join(environment.RESTORED_DIR, 'notes.txt'), 'foreign');
  expect(run(environment)).toBe('1 records added, 1 were there');
  expect(readdirSync(environment.HISTORY_DIR).sort()).toEqual(['2026-11']);
});

test('without a restored directory, it tells what lies beside the history and changes nothing', async () => {
  const { HISTORY_DIR } = fileSystem();
  expect(run({ HISTORY_DIR }).split('\n')).toEqual(['aws-backup-restore_2026-11-21T12-00-00Z', 'history']);
  expect(await listed(HISTORY_DIR)).toEqual([today]);
});

const OTHER = '/dev/shm';
const another = existsSync(OTHER) && statSync(OTHER).dev !== statSync(__dirname).dev;
(another ? test : test.skip)(
  'from another mount records are copied, and no temporary file stays',
  async () => {
    const mount = mkdtempSync(join(OTHER, 'keepsake-'));
    try {
      const environment = fileSystem(() => mount);
      expect(run(environment)).toBe('1 records added, 1 were there');
      expect(await listed(environment.HISTORY_DIR)).toEqual([today, yesterday]);
      expect(readdirSync(join(environment.HISTORY_DIR, '.incoming'))).toEqual([]);
    } finally {
      rmSync(mount, { recursive: true });
    }
  },
);
