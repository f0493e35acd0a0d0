import { copyOf, copyText, element } from './dom.mjs';
import { createdAt, showName } from './name.mjs';
import { showTime } from './time.mjs';

const list = element('files');

/**
 * Shows the names, a row each. Leaves the rows that stay where they are, and with them the reader's focus, selection and place.
 * @param newest the newest name that was on show before, if any: what is above it is new.
 */
export function showRows(names, newest = '~') {
  const focused = list.contains(document.activeElement);
  const wanted = new Set(names);
  for (const row of [...list.children]) if (!wanted.has(row.dataset.name)) row.remove();
  names.forEach((name, index) => {
    const after = list.children[index] ?? null;
    if (after?.dataset.name !== name) list.insertBefore(rowOf(name, name > newest), after);
  });
  if (focused && !list.contains(document.activeElement)) {
    list.lastElementChild?.querySelector('a').focus({ preventScroll: true });
  }
}

function rowOf(file, isNew) {
  const { copy: row, name, seal, time, button } = copyOf('row');
  row.dataset.name = file;
  row.classList.toggle('new', isNew);
  showName(file, name, seal);
  showTime(time, createdAt(file));
  button.ariaLabel = `Copy ${file}`;
  button.addEventListener('click', () => copyText(name, button));
  return row;
}
