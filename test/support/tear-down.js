const { rmSync } = require('node:fs');

/** After all tests: removes the temporary directory that set-up.js made. */
module.exports = () => rmSync(process.env.TMPDIR, { recursive: true, force: true });
