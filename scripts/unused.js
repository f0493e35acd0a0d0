// Stands in the bundle for libraries that Express loads at every start and the API never asks: the character tables and the
// types of body-parser (550 kB; bodies are taken as bytes), the printing of `debug`, nested query strings (qs), and the
// files of serve-static.
module.exports = () => () => {};
