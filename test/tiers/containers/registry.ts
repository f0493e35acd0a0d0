import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { docker, inspect } from './docker';

const STATUSES: Record<string, number> = { POST: 202, PATCH: 202, PUT: 201 };

/**
 * Pushes an image to a registry, which gives it a digest (OCI Distribution Specification). This registry keeps nothing: the
 * engine has the image. @returns its name with the digest
 */
export async function pushed(image: string): Promise<string> {
  const registry = createServer(async (request, response) => {
    const hash = createHash('sha256');
    for await (const chunk of request) hash.update(chunk);
    const [named] = /sha256:\w+/.exec(request.url as string) ?? [];
    response.writeHead(STATUSES[request.method as string] ?? 200, {
      'Docker-Content-Digest': named ?? `sha256:${hash.digest('hex')}`,
      Location: '/v2/keepsake/blobs/uploads/1',
      Range: '0-0',
      'Content-Length': 0,
    });
    response.end();
  }).listen(0);
  await once(registry, 'listening');
  const name = `localhost:${(registry.address() as AddressInfo).port}/keepsake`;
  docker('tag', image, name);
  await promisify(execFile)('docker', ['push', name]);
  registry.close().closeAllConnections();
  return inspect(name).RepoDigests.find((digest: string) => digest.startsWith(name));
}
