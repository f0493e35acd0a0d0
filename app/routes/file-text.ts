import * as z from 'zod';
import { isRecordName } from '../history/record-name';
import { html, text } from '../http/answer';
import { Problem } from '../http/problem';
import { prefers, VARIES } from '../http/representation';
import { get, HISTORY_UNAVAILABLE, type Route } from '../http/route';
import { later } from '../later';
import { FileName } from './file-name';

/** What another container left. */
export const fileText: Route = {
  path: '/files/{name}',
  tag: 'Files',
  link: false,
  parameters: later(() => z.object({ name: FileName() })),
  get: get({
    operationId: 'getFileText',
    summary: 'The text of one file.',
    content: () => ({ 'text/plain': z.string(), 'text/html': z.string() }),
    problems: {
      400: 'The name is not of the form.',
      404: 'The history has no such file.',
      ...HISTORY_UNAVAILABLE,
    },
    handler:
      ({ history, page }) =>
      async (_input, request) => {
        const name = request.params.name as string;
        if (!isRecordName(name))
          throw new Problem(400, 'A file is named include-me-<UUIDv7>.txt, in lower case.');
        const content = await history.read(name);
        if (!content) throw new Problem(404, `The history has no file ${name}.`);
        return prefers(request, 'text/html', 'text/plain')
          ? html(page.sheet(name, content.toString()), ...VARIES)
          : text(content, ...VARIES);
      },
  }),
};
