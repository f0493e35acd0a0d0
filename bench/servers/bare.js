// The yardstick: Node.js alone, sending the same bytes and headers as the API that runs at argv[2], for the paths after it.
const http = require('node:http');

const [origin, ...paths] = process.argv.slice(2);
const BY_NODE = /^(date|connection|keep-alive)$/i;

async function answerOf(path) {
  const response = await new Promise((resolve) => http.get(origin + path, resolve));
  const headers = [];
  for (let i = 0; i < response.rawHeaders.length; i += 2) {
    if (!BY_NODE.test(response.rawHeaders[i]))
      headers.push(response.rawHeaders[i], response.rawHeaders[i + 1]);
  }
  const body = (await response.setEncoding('utf8').toArray()).join('');
  return { headers, body };
}

async function main() {
  const answers = new Map();
  for (const path of paths) answers.set(path, await answerOf(path));
  const server = http.createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    const { headers, body } = answers.get(request.url);
    response.writeHead(200, headers);
    response.end(body);
  });
  server.listen(0, () => console.log(JSON.stringify({ event: 'listening', port: server.address().port })));
}

main();
