import { ask } from './api.mjs';
import { copyText, element } from './dom.mjs';
import { tool } from './tool.mjs';

const RANGE = 'Type a whole number from 1 to 1024.';

tool({
  id: 'random-string',
  field: 'length',
  check: ({ length }) => (/^\d+$/.test(length) && length >= 1 && length <= 1024 ? '' : RANGE),
  request: (values) => ask(`/random-string?${new URLSearchParams(values)}`),
  show(answer) {
    element('made').textContent = answer ? answer.value : '';
    element('copy').hidden = !answer;
  },
  refused: RANGE,
});

element('copy').addEventListener('click', ({ currentTarget }) => copyText(element('made'), currentTarget));
