// The yardstick: Node.js alone. It reads each request, and sends the bytes and headers with which the API that runs at the
// given origin answers the given one.
const http = require('node:http');

const [origin, method, path, headersAsJson, body] = process.argv.slice(2);
const BY_NODE = /^(date|connection|keep-alive)$/i;

async function main() {
  const options = { method, headers: JSON.parse(headersAsJson) };
  const response = await new Promise((resolve) =>
    http.request(origin + path, options, resolve).end(body || undefined),
  );
  const headers = [];
  for (let i = 0; i < response.rawHeaders.length; i += 2) {
    if (!BY_NODE.test(response.rawHeaders[i]))
      headers.push(response.rawHeaders[i], response.rawHeaders[i + 1]);
  }
  const answer = Buffer.concat(await response.toArray());
  const send = (_request, outgoing) => {
    outgoing.writeHead(response.statusCode, headers);
    outgoing.end(answer);
  };
  const read = (request, outgoing) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => send(Buffer.concat(chunks), outgoing));
  };
  const server = http.createServer({ keepAliveTimeout: 65_000 }, method === 'POST' ? read : send);
  server.listen(0, () => console.log(JSON.stringify({ event: 'listening', port: server.address().port })));
}

main();
