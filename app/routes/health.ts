import type { Express } from 'express';
import type { History } from '../history/history';
import { Problem } from '../http/problem';
import { FOREVER } from '../http/replay';
import { resource } from '../http/resource';

/** Set by the life cycle when the container has been told to stop. */
export interface Draining {
  readonly draining: boolean;
}

export function health(app: Express, history: History, state: Draining): void {
  // Never touches the history: with it, a storage fault would make the load balancer replace every task at once.
  resource(app, '/healthz', {
    replay: FOREVER,
    get: (_request, response) => void response.json({ status: 'ok' }),
  });

  resource(app, '/readyz', {
    get: async (_request, response) => {
      if (state.draining) throw new Problem(503, 'Draining: this container has been told to stop.');
      await history.check();
      response.json({ status: 'ready' });
    },
  });
}
