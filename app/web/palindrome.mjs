import { ask } from './api.mjs';
import { element } from './dom.mjs';
import { tool } from './tool.mjs';

tool({
  id: 'palindrome',
  field: 'text',
  check({ text, strict }) {
    if (strict ? text : /[\p{L}\p{N}]/u.test(text)) return '';
    return strict ? 'Type something to check.' : 'Type a letter or a digit, or tick Strict.';
  },
  // Posted: ten thousand characters do not fit into a URL.
  request: ({ text, strict }) => ask('/palindrome', { text, strict: Boolean(strict) }),
  show(answer) {
    const [verdict, compared] = element('verdict').children;
    verdict.textContent = answer ? (answer.palindrome ? 'Yes, a palindrome.' : 'No, not a palindrome.') : '';
    compared.textContent = answer ? answer.normalized : '';
  },
  refused: 'This cannot be checked: a letter carries too many accents.',
});
