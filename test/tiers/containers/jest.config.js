/** The image and what runs it, in a real Docker engine; says so and skips where none is running. */
module.exports = {
  ...require('../../../jest.config.js'),
  roots: ['<rootDir>/test/tiers/containers'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 300_000,
};
