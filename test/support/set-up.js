const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** Before all tests: builds the bundle that the image runs, for the tests of processes. */
module.exports = () => {
  require('../../scripts/build.js');
  // What tests leave there is removed after them: the CDK writes some 2 MB for each app, and leaves them.
  const before = tmpdir();
  const during = mkdtempSync(join(before, 'keepsake-tests-'));
  process.env.TMPDIR = during;
  globalThis.restoreTemporaryDirectory = () => {
    process.env.TMPDIR = before; // `jest --watch` begins again.
    rmSync(during, { recursive: true, force: true });
  };
};
