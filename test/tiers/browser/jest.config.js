/** The page in a real browser: Debian's Chromium, or the one that CHROMIUM_PATH names. Skips, and says so, without. */
module.exports = {
  ...require('../../../jest.config.js'),
  roots: ['<rootDir>/test/tiers/browser'],
  testPathIgnorePatterns: ['/node_modules/'],
};
