// Bundles app/ into dist/: main.js with every library in it, and the web page's files beside it. One file to load is
// what lets a quarter-CPU task start quickly, and an image without node_modules has nothing else to patch.
const { mkdirSync, renameSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { buildSync } = require('esbuild');

const UNUSED_BY_EXPRESS =
  'body-parser content-disposition cookie cookie-signature debug depd etag http-errors mime-types proxy-addr qs send serve-static vary';
const UNUSED_BY_PINO = 'sonic-boom thread-stream worker_threads';
const UNUSED = [...UNUSED_BY_EXPRESS.split(' '), ...UNUSED_BY_PINO.split(' ')];
const PAGE = ['page.mjs', 'page.css', 'index.html', 'sheet.html', 'icon.svg'];
const shared = { absWorkingDir: join(__dirname, '..'), bundle: true, write: false, logLevel: 'warning' };

function build() {
  const program = buildSync({
    ...shared,
    entryPoints: ['app/main.ts'],
    outfile: 'dist/main.js',
    platform: 'node',
    target: 'node20.19',
    minifySyntax: true,
    minifyWhitespace: true, // Names stay, for stack traces.
    alias: Object.fromEntries(UNUSED.map((name) => [name, './scripts/unused.js'])),
    legalComments: 'linked',
  });
  const page = buildSync({
    ...shared,
    entryPoints: PAGE.map((name) => `app/web/${name}`),
    outdir: 'dist/web',
    loader: { '.html': 'copy', '.svg': 'copy' },
    format: 'esm',
    minify: true,
  });

  mkdirSync(join(__dirname, '../dist/web'), { recursive: true });
  // Each file replaces the one before at once: another `npm start` may be reading them.
  for (const { path, contents } of [...program.outputFiles, ...page.outputFiles]) {
    writeFileSync(`${path}.${process.pid}`, contents);
    renameSync(`${path}.${process.pid}`, path);
  }
}

if (require.main !== module || process.argv.length === 2) build();
else {
  // The image is built without these, as it has only what the bundle is made of.
  require('tsx/cjs');
  const { command, run } = require('./support/command-line');
  run(command('build', { examples: ['npm run build'] }).action(build));
}
