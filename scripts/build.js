// Bundles app/ into dist/: main.js with every library in it, and the web page's files beside it. One file to load is
// what lets a quarter-CPU task start quickly, and an image without node_modules has nothing else to patch.
const { cpSync, rmSync } = require('node:fs');
const { join } = require('node:path');
const { buildSync } = require('esbuild');

const root = join(__dirname, '..');

rmSync(join(root, 'dist'), { recursive: true, force: true });
buildSync({
  absWorkingDir: root,
  entryPoints: ['app/main.ts'],
  outfile: 'dist/main.js',
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true, // Names stay, for stack traces.
  alias: { 'iconv-lite': './scripts/no-charsets.js' },
  legalComments: 'linked',
  logLevel: 'warning',
});
cpSync(join(root, 'app/web'), join(root, 'dist/web'), { recursive: true });
