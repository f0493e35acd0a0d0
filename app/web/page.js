/** How many names a page of the history shows. */
const PAGE_SIZE = 50;
/** How often to look for new files, and how long to wait for an answer, in milliseconds. */
const INTERVAL = 2000;
const PATIENCE = 10_000;

const element = (id) => document.getElementById(id);

/** Writes only what is new: assistive technology would read the same words out again every two seconds. */
function say(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

// Asking the API

/** The API answered with a problem document; the message is its detail. */
class Refusal extends Error {}
/** No answer, or not the API's: a load balancer's without a container behind it, for one. */
class Silence extends Error {}

/** @returns what the API answers. @throws Refusal or Silence. */
async function ask(path, { method = 'GET', body } = {}) {
  const headers = { Accept: 'application/json', ...(body && { 'Content-Type': 'application/json' }) };
  let response;
  let answer;
  try {
    response = await fetch(path, { method, headers, body, signal: AbortSignal.timeout(PATIENCE) });
    answer = await response.json();
  } catch {
    // Judged below: an answer that is not JSON is not the API's either.
  }
  const answered = Boolean(response?.ok ? answer : answer?.detail);
  hear(answered);
  if (!answered) throw new Silence('Keepsake did not answer. Please try again in a moment.');
  if (!response.ok) throw new Refusal(answer.detail);
  return answer;
}

/** Tells the reader when the API falls silent, and takes it all back as soon as it answers. */
function hear(answered) {
  const notice = element('notice');
  notice.hidden = answered;
  say(notice, answered ? '' : 'Keepsake does not answer at the moment. This page keeps trying.');
  if (answered) for (const target of document.querySelectorAll('[data-silence]')) explain(target);
  // Who answers after an outage may have left another file.
  else own = undefined;
}

/** Says why something failed, or without an error that all is well. */
function explain(target, error) {
  if (error && !(error instanceof Refusal || error instanceof Silence)) throw error;
  say(target, error?.message ?? '');
  target.toggleAttribute('data-silence', error instanceof Silence);
}

// What a file's name tells

/** The time in the first twelve digits of its UUIDv7 (RFC 9562, section 5.7). */
function createdAt(name) {
  const [, high, low] = name.match(/^include-me-(\w{8})-(\w{4})/);
  return new Date(Number.parseInt(high + low, 16));
}

/** A pattern of its own: each of its last seven digits, all random, makes a row, which reads the same backwards. */
function weave(name) {
  let path = '';
  [...name.slice(-11, -4)].forEach((digit, y) => {
    for (let x = 0; x < 7; x++) {
      if ((Number.parseInt(digit, 16) >> Math.min(x, 6 - x)) & 1) path += `M${x} ${y}h1v1h-1z`;
    }
  });
  return path;
}

const clock = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

function describe(name, { link, time, seal }) {
  link.textContent = name;
  link.href = `/files/${name}`;
  time.dateTime = createdAt(name).toISOString();
  time.textContent = clock.format(createdAt(name));
  seal.setAttribute('d', weave(name));
}

// This container's file

/** Asked for once: behind a load balancer, every answer may be another container's. */
let own;

async function showOwn() {
  if (own) return;
  const { file } = await ask('/file');
  own = file;
  const link = element('own-file');
  describe(file, { link, time: element('own-time'), seal: element('own-seal').firstElementChild });
}

// The history

const list = element('files');
/** Where each page begins, as far as the reader has come; what follows the last one is null. */
const pages = [`/files?limit=${PAGE_SIZE}`];
let page = 0;
let shown = [];
/** Counts the pages that the reader asked for: an answer to what was asked before is out of date. */
let turn = 0;

/** Shows another page. The one on show stays when there is no answer. */
async function turnTo(target) {
  if (!pages[target]) return;
  const mine = ++turn;
  await history(async () => {
    const answer = await ask(pages[target]);
    if (mine !== turn) return;
    page = target;
    render(answer, withoutOwn(answer));
    const section = element('history');
    if (section.getBoundingClientRect().top < 0) section.scrollIntoView();
  });
}

/** Looks for new files. Those who read an older page are left in peace: only the total follows. */
async function refresh() {
  const [mine, seen] = [turn, page];
  await history(async () => {
    await showOwn();
    const answer = await ask(seen === 0 ? pages[0] : '/files?limit=1');
    const names = seen === 0 ? await withHidden(answer) : shown;
    if (mine !== turn || seen !== page) return;
    if (seen === 0) render(answer, names, 'new');
    else summarize(answer);
  });
}

async function history(action) {
  const target = element('history-problem');
  try {
    await action();
    explain(target);
  } catch (error) {
    // The notice says it already.
    explain(target, error instanceof Silence ? undefined : error);
  }
}

/** The answer lacks the answering container's own file, and the reader is told that it lacks the one on show. */
const withoutOwn = ({ files }) => files.filter((name) => name !== own);

/** Keeps the name that is on show, yet missing only because it is the answering container's own. */
async function withHidden(answer) {
  const names = withoutOwn(answer);
  const oldest = answer.next ? names.at(-1) : '';
  const missing = shown.filter((name) => name > oldest && !names.includes(name));
  if (missing.length !== 1) return names;
  const { status } = await fetch(`/files/${missing[0]}`, { method: 'HEAD' }).catch(() => ({ status: 0 }));
  return status === 404 ? names : [...names, missing[0]].sort().reverse();
}

/** The total is null while a long history is being counted for the first time. */
function summarize({ total }) {
  const counted = total === 1 ? '1 file' : `${total?.toLocaleString('en-GB')} files`;
  say(element('total'), total === null ? 'counting…' : counted);
  // The total follows new files, the reader's older page does not: the last page is at least what can be seen of it.
  const last = pages[page + 1] ? Math.max(page + 2, Math.ceil(total / PAGE_SIZE)) : page + 1;
  say(element('position'), `page ${page + 1}${total === null ? '' : ` of ${last}`}`);
}

function render(answer, names, mark) {
  pages.splice(page + 1, 1, answer.next);
  shown = names;
  element('empty').hidden = page > 0 || names.length > 0;
  renderRows(names, list.children.length > 0 ? mark : undefined);
  summarize(answer);
  // Not `disabled`, which would take the focus from the button that has just been pressed.
  for (const id of ['newest', 'newer']) element(id).ariaDisabled = String(page === 0);
  element('older').ariaDisabled = String(answer.next === null);
}

/** Leaves the rows that stay where they are, and with them the reader's focus, selection and place. */
function renderRows(names, mark) {
  const focused = list.contains(document.activeElement);
  const wanted = new Set(names);
  for (const row of [...list.children]) if (!wanted.has(row.dataset.name)) row.remove();
  names.forEach((name, index) => {
    const after = list.children[index] ?? null;
    if (after?.dataset.name !== name) list.insertBefore(row(name, mark), after);
  });
  if (focused && !list.contains(document.activeElement)) {
    list.lastElementChild?.querySelector('a').focus({ preventScroll: true });
  }
}

function row(name, mark) {
  const item = element('record').content.firstElementChild.cloneNode(true);
  item.dataset.name = name;
  if (mark) item.classList.add(mark);
  const [link, time, seal] = ['a', 'time', 'path'].map((selector) => item.querySelector(selector));
  describe(name, { link, time, seal });
  return item;
}

element('newest').addEventListener('click', () => page > 0 && turnTo(0));
element('newer').addEventListener('click', () => page > 0 && turnTo(page - 1));
element('older').addEventListener('click', () => turnTo(page + 1));

// The tools

/** Sends the form's fields with `request`, and lets `show` say what came back. */
function tool(id, request, show) {
  const form = element(id);
  const problem = form.querySelector('.problem');
  let submission = 0;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const mine = ++submission;
    let [answer, error] = [];
    try {
      answer = await request(new FormData(form));
    } catch (reason) {
      error = reason;
    }
    if (mine !== submission) return;
    show(answer);
    explain(problem, error);
  });
}

tool(
  'palindrome',
  (fields) => {
    // Posted: ten thousand characters do not fit into a URL.
    const body = { text: fields.get('text'), strict: fields.has('strict') };
    return ask('/palindrome', { method: 'POST', body: JSON.stringify(body) });
  },
  (answer) => {
    const [verdict, compared] = element('verdict').children;
    verdict.textContent = answer ? (answer.palindrome ? 'Yes, a palindrome.' : 'No, not a palindrome.') : '';
    compared.textContent = answer ? answer.normalized : '';
  },
);

tool(
  'random-string',
  (fields) => ask(`/random-string?${new URLSearchParams(fields)}`),
  (answer) => {
    element('made').textContent = answer ? answer.value : '';
    element('copy').hidden = !answer;
    element('copied').textContent = '';
  },
);

element('copy').addEventListener('click', () => {
  // Not navigator.clipboard: only secure pages have it, and a load balancer without a domain name speaks plain HTTP.
  getSelection().selectAllChildren(element('made'));
  say(element('copied'), document.execCommand('copy') ? 'Copied.' : 'Selected: copy it with the keyboard.');
});

// Live, while somebody can see it

let busy = false;
async function look() {
  if (busy || document.hidden) return;
  busy = true;
  await refresh().finally(() => {
    busy = false;
  });
}

setInterval(look, INTERVAL);
document.addEventListener('visibilitychange', look);
look();
