import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { median, type Row, startKeepsake, temporaryDirectory } from './support';

const TEXTS = {
  'ASCII letters and spaces': 'never odd or even '.repeat(556).slice(0, 10_000),
  'letters of four scripts': 'Никогда αβγ 日本語 žluť '.repeat(455).slice(0, 10_000),
  'emoji and combining marks': 'é👩‍👩‍👧ǟ'.repeat(1000).slice(0, 10_000),
};

/** The time from sending 10,000 characters to the whole answer, over a connection that is kept. */
export async function palindrome(): Promise<Row[]> {
  const server = await startKeepsake(temporaryDirectory());
  const agent = new Agent({ keepAlive: true });
  const rows: Row[] = [];
  for (const [what, characters] of Object.entries(TEXTS)) {
    const body = JSON.stringify({ text: characters });
    const times: number[] = [];
    for (let round = 0; round < 300; round++) {
      const begun = performance.now();
      await post(`${server.origin}/palindrome`, body, agent);
      if (round >= 100) times.push(performance.now() - begun);
    }
    const value = median(times);
    rows.push({
      measure: `POST /palindrome, 10,000 characters: ${what}`,
      figure: `${value.toFixed(2)} ms`,
      target: '< 2 ms',
      holds: value < 2,
    });
  }
  agent.destroy();
  await server.stop();
  return rows;
}

function post(url: string, body: string, agent: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
    request(url, { method: 'POST', agent, headers }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`POST answered ${response.statusCode}`));
      text(response).then(resolve, reject);
    }).end(body);
  });
}
