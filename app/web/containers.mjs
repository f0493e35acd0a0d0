import { ask, expectProblem } from './api.mjs';
import { copyOf, element, say } from './dom.mjs';
import { showName } from './name.mjs';
import { showTime } from './time.mjs';

/** The containers met so far, by their file. Which of them answers is up to the load balancer. */
const met = new Map();

/** How many answers in a row, for each container that runs, others may give before one counts as stopped: its odds are 1 in 400. */
const MISSES = 6;
/** How many questions it takes at the most to look for a container that was not met yet. */
const TRIES = 8;
/** How many questions are out at once: browsers have six connections to a server. */
const WIDTH = 4;

const running = () => [...met.values()].filter(({ stopped }) => !stopped);

/** The files of the containers that run, as far as they have been met. */
export const runningFiles = () => running().map(({ file }) => file);

/** Each question on a connection of its own: some load balancers choose a container for each connection, not each request. */
const meetNext = async () => meet(await ask('/file?close=true'));

/** Asks as often as there are containers, so that each has its turn. */
export async function meetContainers() {
  const count = Math.min(WIDTH, Math.max(1, running().length));
  await Promise.all(Array.from({ length: count }, meetNext));
}

function meet({ file, since, zone }) {
  let container = met.get(file);
  if (!container) {
    container = { file, ...copyOf('container') };
    showName(file, container.name, container.seal);
    showTime(container.since, new Date(since));
    if (zone) container.zone.textContent = ` in ${zone}`;
    element('met').append(container.copy);
    element('opening')?.remove();
    met.set(file, container);
  }
  for (const other of running()) other.missed++;
  Object.assign(container, { missed: 0, seen: new Date(), stopped: false });
  const allowed = MISSES * running().length;
  for (const other of running()) if (other.missed > allowed) other.stopped = true;
  showStates();
}

function showStates() {
  for (const { copy, state, ended, seen, stopped } of met.values()) {
    copy.classList.toggle('stopped', stopped);
    state.hidden = !stopped;
    if (stopped) showTime(ended, seen);
  }
  const gone = met.size - running().length;
  const count = met.size === 1 ? '1 met' : `${met.size} met`;
  say(element('met-count'), gone === 0 ? count : `${count}, ${gone} stopped answering`);
}

// Whoever runs after an outage is met again.
document.addEventListener('silent', () => {
  for (const container of running()) container.stopped = true;
  showStates();
});

element('another').addEventListener('click', async () => {
  const before = met.size;
  try {
    for (let tries = 0; tries < TRIES && met.size === before; tries++) await meetNext();
  } catch (error) {
    return expectProblem(error); // The notice says it.
  }
  const none = before > 1 ? 'Only those that you have met answered.' : 'Only this container answered.';
  say(element('asked'), met.size > before ? 'Another container answered.' : `${none} There may be no other.`);
});
