/**
 * Prints what limits a deployment first as tasks and records grow, from its synthesized template, the history's own
 * constants and AWS's default quotas: `npm run scaling`, `npm run scaling -- stage=dev cpu=1024 memoryMiB=2048`.
 * Replaces the tables in docs/scaling.md with `--write`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Deployment, deployment } from './scaling/deployment';
import { quotaTable, recordTable, type Table, taskTable } from './scaling/tables';

/** Each table as Markdown, by its name in docs/scaling.md. */
export function tables(of: Deployment): Record<string, string> {
  return {
    quotas: render(quotaTable(of)),
    tasks: render(taskTable(of)),
    records: render(recordTable()),
  };
}

function render({ head, rows }: Table): string {
  return [head, head.map((_, column) => (column === 0 ? '---' : '---:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

export const document = join(__dirname, '../docs/scaling.md');

/** Where a table begins and ends in the document. */
export const marks = (name: string) => ({
  begin: `<!-- npm run scaling -- --write: ${name} -->\n\n`,
  end: `\n\n<!-- end of ${name} -->`,
});

/** @throws Error where a table has no place, rather than lose what follows. */
function withTables(text: string): string {
  return Object.entries(tables(deployment('prod'))).reduce((written, [name, table]) => {
    const { begin, end } = marks(name);
    const [head, rest] = written.split(begin);
    const tail = rest?.split(end)[1];
    if (tail === undefined) throw new Error(`${document} has no place for the table ${name}.`);
    return `${head}${begin}${table}${end}${tail}`;
  }, text);
}

if (require.main === module) {
  const args = process.argv.slice(2);
  if (args.includes('--write')) {
    writeFileSync(document, withTables(readFileSync(document, 'utf8')));
  } else {
    const { stage = 'prod', ...overrides } = Object.fromEntries(args.map((arg) => arg.split('=', 2)));
    console.log(Object.values(tables(deployment(stage, overrides))).join('\n\n'));
  }
}
