// Lives one container's life in short, so that Node.js leaves what V8 compiled for it in NODE_COMPILE_CACHE: run while
// the image is built, by the Node.js that will run it.
const { mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const scratch = mkdtempSync(join(tmpdir(), 'keepsake-'));
Object.assign(process.env, {
  HISTORY_DIR: join(scratch, 'history'),
  GENERATED_DIR: join(scratch, 'generated'),
  DRAIN_SECONDS: '0',
});
require(process.argv[2]);

// The first requests compile as much again as the start.
const ask = () =>
  Promise.all(['/', '/file', '/files', '/healthz'].map((path) => fetch(`http://localhost:8080${path}`))).then(
    () => process.kill(process.pid, 'SIGTERM'),
    () => setTimeout(ask, 10),
  );
ask();
