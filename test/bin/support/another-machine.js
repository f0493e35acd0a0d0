// Preloaded into a process, makes it believe that it runs on another host, in another year.
const os = require('node:os');

os.hostname = () => 'another-machine';

const far = Date.UTC(2041, 1, 28);
const start = Date.now();
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...args) {
    super(...(args.length > 0 ? args : [globalThis.Date.now()]));
  }
  static now() {
    return far + (RealDate.now() - start);
  }
};
