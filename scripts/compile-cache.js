// Lives one container's life in short, so that Node.js leaves what V8 compiled for it in NODE_COMPILE_CACHE: run while
// the image is built, by the Node.js that will run it.
const { mkdtempSync } = require('node:fs');
const { createServer } = require('node:net');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

function live(port) {
  const scratch = mkdtempSync(join(tmpdir(), 'keepsake-'));
  Object.assign(process.env, {
    PORT: port,
    HISTORY_DIR: join(scratch, 'history'),
    GENERATED_DIR: join(scratch, 'generated'),
    DRAIN_SECONDS: '0',
  });
  require(process.argv[2]);

  // The first requests compile as much again as the start.
  const paths = ['/', '/file', '/files', '/healthz'];
  const ask = () =>
    Promise.all(paths.map((path) => fetch(`http://localhost:${port}${path}`))).then(
      () => process.kill(process.pid, 'SIGTERM'),
      () => setTimeout(ask, 10),
    );
  ask();
}

// A port that is free: an image may be built in the machine's own network, where others listen.
const server = createServer().listen(0, () => {
  const { port } = server.address();
  server.close(() => live(port));
});
