/** What Node.js exits with when an `await` at top level never settles (nodejs.org, Process, Exit codes). */
const UNSETTLED = 13;

/**
 * Ends this process with the code that a script's work resolves with. Work that waits for what never comes leaves
 * Node.js with nothing to do: by itself it would exit with 0, as if all were well.
 */
export function exitWith(work: Promise<number>): void {
  process.once('beforeExit', () => {
    console.error('The script has nothing left to wait for, but is not done; this is a defect of it');
    process.exit(UNSETTLED);
  });
  work.then((code) => process.exit(code));
}
