import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** For each action, the resource types whose handlers need it. */
export type HandlerActions = Map<string, string[]>;

interface Schema {
  readonly handlers?: Record<string, { readonly permissions?: string[] }>;
}

/**
 * What CloudFormation calls to create, read, update, delete and list resources of `types`, as AWS's own resource schemas
 * say. cfn-lint ships them; `environment` is the Python environment it is installed in.
 *
 * Throws for a type without a schema or without handlers: a policy that left it out would look complete.
 */
export function handlerActions(environment: string, types: readonly string[]): HandlerActions {
  const folder = schemaFolder(environment);
  const hashes: Record<string, string> = read(join(folder, 'providers/us-east-1.json'));
  const actions: HandlerActions = new Map();
  for (const type of types) {
    const schema: Schema = hashes[type] ? read(join(folder, `resources/${hashes[type]}.json`)) : {};
    const needed = Object.values(schema.handlers ?? {}).flatMap(({ permissions = [] }) => permissions);
    if (needed.length === 0) throw new Error(`${type}: cfn-lint has no schema with the permissions it needs`);
    for (const action of new Set(needed.map(capitalized)))
      actions.set(action, [...(actions.get(action) ?? []), type]);
  }
  return actions;
}

function schemaFolder(environment: string): string {
  const [python] = readdirSync(join(environment, 'lib'));
  return join(environment, 'lib', python ?? '', 'site-packages/cfnlint/data/schemas');
}

/** A schema or two write `wafv2:listWebACLs`. IAM does not mind; a reader who searches does. */
function capitalized(action: string): string {
  return action.replace(/:[a-z]/, (start) => start.toUpperCase());
}

function read<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8'));
}
