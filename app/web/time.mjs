import { element, say } from './dom.mjs';

const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
const days = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' });
const relative = new Intl.RelativeTimeFormat('en-GB', { numeric: 'auto' });
const UNITS = Object.entries({
  year: 31_557_600_000,
  month: 2_629_800_000,
  day: 86_400_000,
  hour: 3_600_000,
  minute: 60_000,
  second: 1000,
});

/** The days that two times are in, as "21 Nov 2026" or "21–26 Nov 2026". */
export const span = (from, to) => days.formatRange(from, to);

function ago(date) {
  // The server's clock may be ahead of this one.
  const age = Math.max(0, Date.now() - date);
  const [unit, size] = UNITS.find(([, size]) => age >= size) ?? UNITS.at(-1);
  return relative.format(-Math.floor(age / size), unit);
}

export function showTime(target, date) {
  target.dateTime = date.toISOString();
  target.title = exact.format(date);
  tell(target);
}

function tell(target) {
  say(target, button.ariaPressed === 'true' ? target.title : ago(new Date(target.dateTime)));
}

export function tellTimes() {
  for (const target of document.querySelectorAll('time[datetime]')) tell(target);
}

const button = element('exact');
button.addEventListener('click', () => {
  button.ariaPressed = String(button.ariaPressed !== 'true');
  tellTimes();
});
