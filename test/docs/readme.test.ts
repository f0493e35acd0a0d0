import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROUTES } from '../../app/api';
import type { Route } from '../../app/http/route';

/** The route as the README has it. The files of the web page are left out. */
function row({ path, get, post }: Route): string {
  const query = Object.keys(get.input?.().shape ?? {}).map((name) => `${name}=`);
  const requests = [`\`GET ${path}${query.length ? `?${query.join('&')}` : ''}\``];
  if (post) requests.push(`\`POST ${path}\``);
  return `| ${requests.join(', ')} | ${get.summary} |`;
}

test('the README has a row for each route, and no other: paste the rows that are expected', () => {
  const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');
  const [, rows = ''] = /^\| route \| answer \|\n\| --- \| --- \|\n((?:\|.*\n)*)/m.exec(readme) ?? [];
  const documented = ROUTES.filter(({ tag, path }) => tag !== 'Page' || path === '/');
  expect(rows).toBe(documented.map((route) => `${row(route)}\n`).join(''));
});
