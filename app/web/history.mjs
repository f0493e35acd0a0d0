import { ask, expectProblem, Silence } from './api.mjs';
import { runningFiles } from './containers.mjs';
import { element, say } from './dom.mjs';
import { createdAt, idAt, idOf, nameOf } from './name.mjs';
import { showRows } from './rows.mjs';
import { span } from './time.mjs';

/** How many names a page shows. */
const LIMIT = 50;
const OLDEST = `/?before=${idAt(0)}`;

/** The names on show, and the query of their page's URL. */
let shown = { names: [] };

/** What page the URL names: `/?after=<id>` is of the files older than that, `/?before=<id>` of the newer ones, `/` of the newest. */
function pageOf(search) {
  const query = new URLSearchParams(search);
  return { after: query.get('after'), before: query.get('before') };
}

/** Asks for the page that the URL names, and shows it. The one on show stays while there is no answer. */
export async function showHistory() {
  const { search } = location;
  const page = pageOf(search);
  const query = new URLSearchParams({ limit: LIMIT });
  for (const [name, id] of Object.entries(page)) if (id) query.set(name, id);
  let problem;
  try {
    const answer = await ask(`/files?${query}`);
    const names = await complete(answer, page, search);
    if (search !== location.search) return;
    // There is nothing newer, so this is part of the newest page.
    if (page.before && answer.files.length < LIMIT) return await turnTo('/', 'replaceState');
    show(answer, names, page);
    shown = { names, search };
  } catch (error) {
    expectProblem(error);
    // The URL was changed by hand.
    if (error.status === 400 && search) return await turnTo('/', 'replaceState');
    say(element('total'), '');
    problem = error;
  }
  // Of silence, the notice tells.
  const failing = Boolean(problem) && !(problem instanceof Silence);
  say(element('history-problem'), failing ? UNREACHABLE : '');
}

const UNREACHABLE =
  'The history cannot be reached at the moment. Everything else works. This page tries again every 2 seconds.';

/** An answer leaves out the file of the container that gave it: puts it back where it belongs on this page. */
async function complete({ files, next }, { after, before }, search) {
  const top = after ? nameOf(after) : before ? files[0] : '~';
  const bottom = before ? nameOf(before) : next ? files.at(-1) : '';
  const missing = (names) => names.filter((name) => name < top && name > bottom && !files.includes(name));
  const back = missing(runningFiles());
  // A container that was not met yet may have answered, and it was on show a moment ago.
  const unsure = search === shown.search ? missing(shown.names).filter((name) => !back.includes(name)) : [];
  if (unsure.length === 1 && (await exists(unsure[0]))) back.push(unsure[0]);
  return [...files, ...back].sort().reverse();
}

async function exists(name) {
  const { status } = await fetch(`/files/${name}`, { method: 'HEAD' }).catch(() => ({ status: 0 }));
  return status !== 404;
}

function show({ files, total, next }, names, { after, before }) {
  const isNewest = !after && !before;
  showRows(names, isNewest && shown.search === location.search ? shown.names[0] : undefined);
  // Whoever answered left out one, its own. Null while a long history is being counted for the first time.
  const count = total === 0 ? '1 file' : `${(total + 1).toLocaleString('en-GB')} files`;
  say(element('total'), total === null ? 'counting…' : count);
  const days = names.length > 0 ? span(createdAt(names.at(-1)), createdAt(names[0])) : '';
  say(element('span'), days);
  element('alone').hidden = !isNewest || files.length > 0;
  element('none').hidden = isNewest || names.length > 0;
  point('newest', '/', isNewest);
  point('newer', names.length > 0 ? `/?before=${idOf(names[0])}` : OLDEST, isNewest);
  point('older', `/?after=${next && idOf(files.at(-1))}`, !next);
  point('oldest', OLDEST, !next);
}

/** Without its target, a link could not keep the focus. */
function point(id, url, disabled) {
  const link = element(id);
  link.ariaDisabled = String(disabled);
  link.href = disabled ? location.href : url;
}

async function turnTo(url, how = 'pushState') {
  // Pressed again before the page came, a link leads where the URL already is, and Back must not stop there twice.
  if (new URL(url, location).href !== location.href) history[how](null, '', url);
  await showHistory();
}

element('pager').addEventListener('click', (event) => {
  const link = event.target.closest('a');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (link.ariaDisabled === 'true') return;
  turnTo(link.href);
  const section = element('history');
  if (section.getBoundingClientRect().top < 0) section.scrollIntoView();
});

element('jump').addEventListener('submit', (event) => {
  event.preventDefault();
  const field = element('date');
  const problem = field.value ? '' : 'Choose a date.';
  field.ariaInvalid = String(Boolean(problem));
  say(element('date-problem'), problem);
  if (problem) return field.focus();
  const [year, month, day] = field.value.split('-').map(Number);
  // The end of that day, where the reader is.
  turnTo(`/?after=${idAt(new Date(year, month - 1, day + 1).getTime())}`);
});

addEventListener('popstate', showHistory);
