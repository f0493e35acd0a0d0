import { expectProblem, Refusal, Silence } from './api.mjs';
import { element, say } from './dom.mjs';

/**
 * A form that asks the API.
 * @param id of the form; its field is described by the element `<id>-problem`.
 * @param field the name of the field that a refusal is about.
 * @param check returns what is wrong with what was typed, or nothing.
 * @param request asks the API.
 * @param show shows the answer, or with none takes the last one away.
 * @param refused what to say when the API refuses what `check` let through.
 */
export function tool({ id, field, check, request, show, refused }) {
  const form = element(id);
  const input = form.elements.namedItem(field);
  const problem = element(`${id}-problem`);
  let submissions = 0;

  function explain(text, invalid) {
    say(problem, text);
    input.ariaInvalid = String(invalid);
    problem.toggleAttribute('data-silence', false);
  }

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const mine = ++submissions;
    const values = Object.fromEntries(new FormData(form));
    const wrong = check(values);
    if (wrong) {
      show();
      explain(wrong, true);
      return input.focus();
    }
    let answer;
    let error;
    try {
      answer = await request(values);
    } catch (reason) {
      expectProblem(reason);
      error = reason;
    }
    if (mine !== submissions) return;
    show(answer);
    const mistaken = error instanceof Refusal && error.status === 400;
    explain(
      error ? (mistaken ? refused : 'Keepsake did not answer. Please try again in a moment.') : '',
      mistaken,
    );
    problem.toggleAttribute('data-silence', error instanceof Silence);
  });

  document.addEventListener('answering', () => {
    if (problem.hasAttribute('data-silence')) explain('', false);
  });
}
