import * as z from 'zod';
import { json } from '../http/answer';
import { get, type Route } from '../http/route';
import { later } from '../later';

/** Never touches the history: with it, a storage fault would make the load balancer replace every task at once. */
export const health: Route = {
  path: '/healthz',
  tag: 'Operation',
  link: 'health',
  get: get({
    operationId: 'getHealth',
    summary: 'Whether the process serves.',
    content: later(() => ({
      'application/json': z.object({ status: z.literal('ok') }).meta({ id: 'Health' }),
    })),
    handler() {
      const answer = json({ status: 'ok' });
      return () => answer;
    },
  }),
};
