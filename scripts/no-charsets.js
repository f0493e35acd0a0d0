// Stands for iconv-lite in the bundle. body-parser loads its 550 kB of character tables at every start, and asks it only
// about bodies that it is to decode; the API takes bodies as bytes (app/http/body.ts).
module.exports = {};
