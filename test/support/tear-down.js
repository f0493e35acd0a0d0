/** After all tests: undoes what set-up.js did. */
module.exports = () => globalThis.restoreTemporaryDirectory();
