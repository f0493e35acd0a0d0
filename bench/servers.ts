import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SERVERS } from './rows';
import { has, type Server, startServer, temporaryDirectory } from './support';

const OWN = ['content-length', 'content-type', 'connection', 'keep-alive', 'date'];
const FLASK_PORT = 18_099;

/** The headers that every answer carries, as JSON, without those of one answer and those that servers add themselves. */
async function sharedHeaders({ origin }: Server): Promise<string> {
  const { headers } = await fetch(`${origin}/healthz`);
  return JSON.stringify(Object.fromEntries([...headers].filter(([name]) => !OWN.includes(name))));
}

/** The routes in Fastify, on the history in `directory`, with the headers of Keepsake. */
export async function startFastify(directory: string, keepsake: Server): Promise<Server> {
  const program = [process.execPath, '--max-semi-space-size=2', '--require', 'tsx/cjs'];
  return startServer([...program, join(SERVERS, 'fastify.ts'), directory, await sharedHeaders(keepsake)]);
}

/** The routes in Flask, under gunicorn with one worker for the one core. Undefined where there is no Python with pip. */
export async function startFlask(directory: string, keepsake: Server): Promise<Server | undefined> {
  if (!has('python3')) return undefined;
  const environment = temporaryDirectory();
  try {
    execFileSync('python3', ['-m', 'venv', environment]);
    execFileSync(join(environment, 'bin/pip'), ['install', '--quiet', 'flask==3.1.2', 'gunicorn==23.0.0']);
  } catch {
    return undefined;
  }
  const openApi = join(environment, 'openapi.json');
  writeFileSync(openApi, await (await fetch(`${keepsake.origin}/openapi.json`)).text());
  // gunicorn does not log JSON: a shell says that it listens, when it does.
  const script = `cd ${SERVERS} && ${environment}/bin/gunicorn --workers 1 --worker-class gthread --threads 4 --keep-alive 65 --bind localhost:${FLASK_PORT} flask_app:app 2>/dev/null &
    trap "kill $!" TERM; until curl -s localhost:${FLASK_PORT}/healthz >/dev/null; do sleep 0.1; done
    echo '{"event":"listening","port":${FLASK_PORT}}'; wait`;
  return startServer(['sh', '-c', script], {
    HISTORY_DIR: directory,
    HEADERS: await sharedHeaders(keepsake),
    OPENAPI: openApi,
    WEB: join(SERVERS, '../../dist/web'),
  });
}
