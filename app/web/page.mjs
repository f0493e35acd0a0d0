import { expectProblem } from './api.mjs';
import { meetContainers } from './containers.mjs';
import { element } from './dom.mjs';
import { showHistory } from './history.mjs';
import { tellTimes } from './time.mjs';
import './palindrome.mjs';
import './random-string.mjs';

/** How often to look what changed, in milliseconds. */
const INTERVAL = 2000;

let busy = false;

/** Looks what changed, while somebody can see it. */
async function look() {
  if (busy || document.hidden) return;
  busy = true;
  // The notice tells of containers that do not answer.
  await meetContainers().catch(expectProblem);
  await showHistory();
  tellTimes();
  busy = false;
}

document.addEventListener('silent', () => {
  element('notice').hidden = false;
});
document.addEventListener('answering', () => {
  element('notice').hidden = true;
});

setInterval(look, INTERVAL);
document.addEventListener('visibilitychange', look);
look();
