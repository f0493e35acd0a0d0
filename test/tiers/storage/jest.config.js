/** Storage that fails for real: needs Linux, root, bindfs and FUSE, and says so where they are missing. */
module.exports = {
  ...require('../../../jest.config.js'),
  roots: ['<rootDir>/test/tiers/storage'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 180_000,
};
