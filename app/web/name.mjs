/** What a file's name tells: it holds a UUIDv7, which begins with the time in milliseconds (RFC 9562, section 5.7). */

const ID = /[0-9a-f]{8}-[0-9a-f-]{27}/;

export const idOf = (name) => name.match(ID)[0];

export function createdAt(name) {
  return new Date(Number.parseInt(idOf(name).slice(0, 13).replace('-', ''), 16));
}

/** The lowest id of a time, in milliseconds since 1970: where the files created before it end. */
export function idAt(time) {
  const hex = Math.max(0, time).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

export const nameOf = (id) => `include-me-${id}.txt`;

/** A pattern of its own: each of its last seven digits, all random, makes a row, which reads the same backwards. */
export function weave(name) {
  let path = '';
  [...name.slice(-11, -4)].forEach((digit, y) => {
    for (let x = 0; x < 7; x++) {
      if ((Number.parseInt(digit, 16) >> Math.min(x, 6 - x)) & 1) path += `M${x} ${y}h1v1h-1z`;
    }
  });
  return path;
}

/** Shows a name: as a link to its file, and as its pattern. */
export function showName(name, link, seal) {
  link.textContent = name;
  link.href = `/files/${name}`;
  seal.firstElementChild.setAttribute('d', weave(name));
}
