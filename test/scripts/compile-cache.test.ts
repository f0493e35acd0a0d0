import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BUNDLE } from '../support/process';

test('the life that fills the compile cache takes a port that is free, as others may listen where an image is built', async () => {
  const others = createServer().listen(8080);
  // Whether this takes it or another has it: it is not free.
  await Promise.race([once(others, 'listening'), once(others, 'error')]);
  try {
    const script = join(__dirname, '../../scripts/compile-cache.js');
    const { stdout } = await promisify(execFile)(process.execPath, [script, BUNDLE]);
    expect(stdout).toContain('"event":"stopped"');
  } finally {
    others.close();
  }
});
