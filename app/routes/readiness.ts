import * as z from 'zod';
import { json } from '../http/answer';
import { Problem } from '../http/problem';
import { get, type Route } from '../http/route';
import { later } from '../later';

/** Whether the load balancer should send requests, and why not. */
export const readiness: Route = {
  path: '/readyz',
  tag: 'Operation',
  link: 'readiness',
  get: get({
    operationId: 'getReadiness',
    summary: 'Whether the container should get requests.',
    content: later(() => ({
      'application/json': z.object({ status: z.literal('ready') }).meta({ id: 'Readiness' }),
    })),
    problems: { 503: 'It is draining, or the history is unavailable.' },
    handler({ history, state }) {
      const answer = json({ status: 'ready' });
      return async () => {
        if (state.draining) throw new Problem(503, 'Draining: this container has been told to stop.');
        await history.check();
        return answer;
      };
    },
  }),
};
