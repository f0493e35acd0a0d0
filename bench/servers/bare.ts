// The yardstick: Node.js alone. It reads each request, and sends the bytes and headers with which the API at ORIGIN answers
// the first request in REQUEST.
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';

const { ORIGIN, PORT, REQUEST = '' } = process.env;
const BY_NODE = /^(date|connection|keep-alive)$/;

async function main() {
  const { method, headers, requests } = JSON.parse(REQUEST);
  const [path, body] = requests[0];
  const response = await request(ORIGIN + path, { method, headers, body });
  const kept = Object.entries(response.headers).filter(([name]) => !BY_NODE.test(name));
  const namesAndValues = kept.flat() as string[];
  const answer = Buffer.from(await response.body.arrayBuffer());
  const send: RequestListener = (_request, outgoing) => {
    outgoing.writeHead(response.statusCode, namesAndValues);
    outgoing.end(answer);
  };
  const read: RequestListener = (incoming, outgoing) => {
    incoming.resume().on('end', () => send(incoming, outgoing));
  };
  const server = createServer({ keepAliveTimeout: 65_000 }, method === 'POST' ? read : send);
  server.listen(PORT, () => {
    const { port } = server.address() as AddressInfo;
    console.log(JSON.stringify({ event: 'listening', port }));
  });
}

main();
