/** Everything that needs Node.js alone. The tiers beyond it have a jest.config.js of their own in their folder. */
module.exports = {
  testEnvironment: 'node',
  rootDir: __dirname,
  globalSetup: '<rootDir>/test/support/set-up.js',
  globalTeardown: '<rootDir>/test/support/tear-down.js',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  // Generous: tests start real processes, on machines that may be busy. Nothing is asserted about time.
  testTimeout: 60_000,
  collectCoverageFrom: ['app/**/*.ts'],
  coverageReporters: ['text'],
  testPathIgnorePatterns: ['/node_modules/', '/test/tiers/'],
  transform: { '\\.[jt]s$': ['@swc/jest', { jsc: { target: 'es2024', parser: { syntax: 'typescript' } } }] },
  // These ship ES modules only, which Jest's CommonJS loader cannot read as they are.
  transformIgnorePatterns: ['/node_modules/(?!(uuid|@seriousme/openapi-schema-validator)/)'],
};
