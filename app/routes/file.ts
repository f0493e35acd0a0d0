import * as z from 'zod';
import { createdAt } from '../history/record-name';
import { CLOSE, json, text } from '../http/answer';
import { flag } from '../http/input';
import { prefers, VARIES } from '../http/representation';
import { get, type Route } from '../http/route';
import { later } from '../later';
import { FileName } from './file-name';

const File = later(() =>
  z
    .object({
      file: FileName(),
      createdAt: z.iso.datetime(),
      since: z.iso.datetime().describe('Since when this container runs.'),
      zone: z.string().optional().describe('The availability zone that it runs in, where it knows it.'),
      name: z.string().optional().describe('Its name there, where it knows it: the id of its ECS task.'),
    })
    .meta({ id: 'File' }),
);

/** This container's own file, and who answers: never an address or the name of a host. */
export const file: Route = {
  path: '/file',
  tag: 'Files',
  link: 'file',
  get: get({
    operationId: 'getOwnFile',
    summary: "This container's own file.",
    input: later(() =>
      z.object({
        close: flag()
          .default(false)
          .describe('Whether to close the connection, so that the next request may reach another container.'),
      }),
    ),
    content: () => ({ 'application/json': File(), 'text/plain': z.string() }),
    handler({ own, since, place }) {
      const described: z.output<ReturnType<typeof File>> = {
        file: own,
        createdAt: createdAt(own).toISOString(),
        since: since.toISOString(),
        ...place,
      };
      const answers = (...headers: string[]) => ({
        json: json(described, ...VARIES, ...headers),
        text: text(`${own}\n`, ...VARIES, ...headers),
      });
      const [kept, closing] = [answers(), answers(...CLOSE)];
      return ({ close }, request) =>
        (close ? closing : kept)[prefers(request, 'text/plain') ? 'text' : 'json'];
    },
  }),
};
