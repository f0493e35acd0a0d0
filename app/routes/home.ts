import * as z from 'zod';
import { version } from '../../package.json';
import { json } from '../http/answer';
import { prefers, VARIES } from '../http/representation';
import { get, type Route } from '../http/route';
import { later } from '../later';

const Welcome = later(() =>
  z
    .object({
      message: z.literal('Hello World'),
      service: z.literal('keepsake'),
      version: z.string(),
      links: z.record(z.string(), z.string().meta({ format: 'uri-reference' })),
    })
    .meta({ id: 'Welcome' }),
);

/** The web page for browsers; a welcome for everything else. */
export const home: Route = {
  path: '/',
  tag: 'Page',
  link: false,
  get: get({
    operationId: 'getWelcome',
    summary: 'The web page for browsers, else a welcome.',
    content: () => ({ 'application/json': Welcome(), 'text/html': z.string() }),
    tagged: true,
    handler({ page, routes }) {
      const links = Object.fromEntries(routes.flatMap(({ link, path }) => (link ? [[link, path]] : [])));
      const welcome: z.output<ReturnType<typeof Welcome>> = {
        message: 'Hello World',
        service: 'keepsake',
        version,
        links,
      };
      const answer = json(welcome, ...VARIES);
      return (_input, request) => (prefers(request, 'text/html') ? page.index.answer(request) : answer);
    },
  }),
};
