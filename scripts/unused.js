// Stands in the bundle for libraries that are loaded at every start and the API never asks. Of Express: body-parser with its
// character tables (bodies are read in app/http/body.ts), the printing of `debug` and `depd`, nested query strings (qs), the
// table of types (mime-types), files (send, serve-static), and what `res.send`, `res.cookie`, `req.ip` and the like take. Of pino:
// its own destinations and their threads (app/log/log-output.ts has ours).
function unused() {
  return () => {};
}

// `compile` is proxy-addr's, which Express calls to trust no proxy.
module.exports = Object.assign(unused, { compile: unused });
