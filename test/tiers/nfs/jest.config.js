/** Linux's NFS client, in a virtual machine: needs QEMU and the packages that .ci/run unpacks, and says so where they are missing. */
module.exports = {
  ...require('../../../jest.config.js'),
  roots: ['<rootDir>/test/tiers/nfs'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 300_000,
};
