const { mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** Before all tests: builds the bundle that the image runs, for the tests of processes. */
module.exports = () => {
  require('../../scripts/build.js');
  // What tests leave there is removed after them: the CDK writes some 2 MB for each app, and leaves them.
  process.env.TMPDIR = mkdtempSync(join(tmpdir(), 'keepsake-tests-'));
};
