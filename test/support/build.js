/** Jest's global setup: the tests of processes run the bundle that the image runs. */
module.exports = () => {
  require('../../scripts/build.js');
};
