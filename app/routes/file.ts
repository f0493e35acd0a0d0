import * as z from 'zod';
import { createdAt } from '../history/record-name';
import { json, text } from '../http/answer';
import { prefers, VARIES } from '../http/representation';
import { get, type Route } from '../http/route';
import { FileName } from './file-name';

const File = z.object({ file: FileName, createdAt: z.iso.datetime() }).meta({ id: 'File' });

/** This container's own file. */
export const file: Route = {
  path: '/file',
  tag: 'Files',
  link: 'file',
  get: get({
    operationId: 'getOwnFile',
    summary: "This container's own file.",
    content: { 'application/json': File, 'text/plain': z.string() },
    handler({ own }) {
      const described: z.output<typeof File> = { file: own, createdAt: createdAt(own).toISOString() };
      const asJson = json(described, ...VARIES);
      const asText = text(`${own}\n`, ...VARIES);
      return (_input, request) => (prefers(request, 'text/plain') ? asText : asJson);
    },
  }),
};
