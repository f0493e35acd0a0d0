/** How many turns in a row may go to new connections alone. */
const PATIENCE = 100;

const waiting: (() => void)[] = [];
let connecting = false;
let passed = 0;

/**
 * Resolves in a turn of the event loop that nobody else was promised: for work that takes longer than a small answer.
 *
 * Node.js accepts one connection a turn (libuv/libuv#3696), and a load balancer's health check is a connection of its own.
 * Were all that is asked for done in each turn, a thousand clients in front of it would take a thousand times all that.
 */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    if (waiting.push(resolve) === 1) setImmediate(next);
  });
}

/** Says that a connection was accepted in this turn. While more may wait for theirs, longer work waits. */
export function connected(): void {
  connecting = true;
}

function next(): void {
  if (connecting && passed < PATIENCE) {
    passed++;
  } else {
    passed = 0;
    waiting.shift()?.();
  }
  connecting = false;
  if (waiting.length > 0) setImmediate(next);
}
