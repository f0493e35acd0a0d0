// Stands in the bundle for libraries that Express loads at every start and the API never asks: body-parser with its
// character tables (bodies are read in app/http/body.ts), the printing of `debug`, nested query strings (qs), the table of
// types (mime-db), and the files of serve-static.
module.exports = () => () => {};
