// Bundles app/ into dist/: main.js with every library in it, and the web page's files beside it. One file to load is
// what lets a quarter-CPU task start quickly, and an image without node_modules has nothing else to patch.
const { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } = require('node:fs');
const { join, relative } = require('node:path');
const { buildSync } = require('esbuild');

const root = join(__dirname, '..');
const UNUSED = ['body-parser', 'debug', 'mime-db', 'qs', 'serve-static'];
const dist = join(root, 'dist');

function build() {
  mkdirSync(join(dist, 'web'), { recursive: true });
  const fresh = mkdtempSync(join(dist, '.fresh-'));
  buildSync({
    absWorkingDir: root,
    entryPoints: ['app/main.ts'],
    outfile: join(fresh, 'main.js'),
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    minifySyntax: true,
    minifyWhitespace: true, // Names stay, for stack traces.
    alias: Object.fromEntries(UNUSED.map((name) => [name, './scripts/unused.js'])),
    legalComments: 'linked',
    logLevel: 'warning',
  });
  buildSync({
    absWorkingDir: root,
    entryPoints: ['page.mjs', 'page.css', 'index.html', 'sheet.html', 'icon.svg'].map(
      (name) => `app/web/${name}`,
    ),
    outdir: join(fresh, 'web'),
    loader: { '.html': 'copy', '.svg': 'copy' },
    bundle: true,
    format: 'esm',
    minify: true,
    logLevel: 'warning',
  });

  // Each file replaces the one before at once: another `npm start` may be reading them.
  for (const entry of readdirSync(fresh, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) renameSync(path, join(dist, relative(fresh, path)));
  }
  rmSync(fresh, { recursive: true });
}

if (require.main !== module || process.argv.length === 2) build();
else {
  // The image is built without these, as it has only what the bundle is made of.
  require('tsx/cjs');
  const { command, run } = require('./support/command-line');
  run(command('build', { examples: ['npm run build'] }).action(build));
}
