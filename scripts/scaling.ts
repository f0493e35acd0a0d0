/**
 * Prints what limits a deployment first as tasks and records grow, from its synthesized template, the history's own
 * constants and AWS's default quotas: `npm run scaling`, `npm run scaling -- stage=dev cpu=1024 memoryMiB=2048`.
 * Replaces the tables in docs/scaling.md with `--write`.
 */
import { join } from 'node:path';
import { type Deployment, deployment } from './scaling/deployment';
import { quotaTable, recordTable, type Table, taskTable } from './scaling/tables';
import { stageArguments } from './stage-template';
import { writeSection } from './written-section';

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

/** Where a table is. */
export const section = (part: string) => ({
  document: join(__dirname, '../docs/scaling.md'),
  command: 'npm run scaling',
  part,
});

if (require.main === module) {
  const args = process.argv.slice(2);
  if (args.includes('--write')) {
    for (const [part, table] of Object.entries(tables(deployment('prod'))))
      writeSection(section(part), table);
  } else {
    const { stage, overrides } = stageArguments(args, 'prod');
    console.log(Object.values(tables(deployment(stage, overrides))).join('\n\n'));
  }
}
