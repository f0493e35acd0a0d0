/** How long to wait for an answer, in milliseconds. */
const PATIENCE = 10_000;

/** The API refused; `status` tells why. */
export class Refusal extends Error {
  constructor(status) {
    super(`Refused with ${status}.`);
    this.status = status;
  }
}

/** No answer, or not the API's: a load balancer's without a container behind it, for one. */
export class Silence extends Error {}

/** @returns what the API answers. @throws Refusal or Silence. */
export async function ask(path, body) {
  const headers = { Accept: 'application/json', ...(body && { 'Content-Type': 'application/json' }) };
  const question = body ? { method: 'POST', body: JSON.stringify(body) } : {};
  let response;
  let answer;
  try {
    response = await fetch(path, { ...question, headers, signal: AbortSignal.timeout(PATIENCE) });
    answer = await response.json();
  } catch {
    // Judged below: an answer that is not JSON is not the API's either.
  }
  const answered = Boolean(response?.ok ? answer : answer?.detail);
  hear(answered);
  if (!answered) throw new Silence('Keepsake did not answer.');
  if (!response.ok) throw new Refusal(response.status);
  return answer;
}

/** Throws again what is a defect of this page. */
export function expectProblem(error) {
  if (!(error instanceof Refusal || error instanceof Silence)) throw error;
}

let answering = true;

/** Tells all parts of the page when the API falls silent, and when it is back. */
function hear(answered) {
  if (answered === answering) return;
  answering = answered;
  document.dispatchEvent(new Event(answered ? 'answering' : 'silent'));
}
