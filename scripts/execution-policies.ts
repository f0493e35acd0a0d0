/**
 * Writes docs/policies/execution-*.json: what CloudFormation's execution role needs to deploy Keepsake, for
 * `cdk bootstrap --cloudformation-execution-policies` instead of AdministratorAccess (docs/permissions.md).
 *
 * Derived from the synthesized templates and AWS's resource schemas, which cfn-lint ships, so it needs Python.
 * `npm run check:templates` fails when the files are not what this writes.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pythonTools, root } from './pinned-tools';
import { ciResources, stageResources, trustedServices, typesOf } from './policies/deployed-templates';
import { type HandlerActions, handlerActions } from './policies/handler-actions';
import {
  addedActions,
  omittedActions,
  serviceLinkedRoles,
  servicesOfPolicies,
  unusedServices,
} from './policies/in-use';
import {
  iamStatements,
  makeServiceLinkedRoles,
  passRole,
  type Statement,
  serviceStatements,
} from './policies/statements';

export const folder = join(root, 'docs/policies');

/** Each policy by the name of its file, as `environment`'s schemas say. */
export function render(environment: string): Record<string, string> {
  const stages = stageResources();
  const types = typesOf(...stages);
  const needed = handlerActions(environment, types);
  const forCi = handlerActions(environment, typesOf(ciResources()));

  const actions = [...granted(needed), ...Object.keys(addedActions)];
  const actionsForCi = granted(forCi);
  refuseUnneeded(types, new Map([...needed, ...forCi]));
  const of = (service: string) => actions.filter((action) => serviceOf(action) === service);
  const policies: Record<string, Statement[]> = {
    ...Object.fromEntries(
      Object.entries(servicesOfPolicies).map(([name, services]) => [
        name,
        services.flatMap((service) => serviceStatements(service, of(service))),
      ]),
    ),
    roles: [
      ...iamStatements('Keepsake-*', of('iam').filter(isPlain)),
      ...passRole('Keepsake-*', trustedServices(...stages)),
      makeServiceLinkedRoles(linkedServices(types, needed)),
    ],
    github: iamStatements('KeepsakeCi-*', actionsForCi.filter(isPlain)),
  };
  return Object.fromEntries(
    Object.entries(policies).map(([name, Statement]) => [
      `execution-${name}.json`,
      `${JSON.stringify({ Version: '2012-10-17', Statement }, null, 2)}\n`,
    ]),
  );
}

/** The files that are not as `render` has them. */
export function outOfStep(environment: string): string[] {
  return Object.entries(render(environment))
    .filter(([name, text]) => {
      const path = join(folder, name);
      return !existsSync(path) || readFileSync(path, 'utf8') !== text;
    })
    .map(([name]) => name);
}

/** Throws for a service that scripts/policies/in-use.ts does not know. */
function granted(needed: HandlerActions): string[] {
  const used = Object.values(servicesOfPolicies).flat();
  for (const [action, types] of needed) {
    if (used.includes(serviceOf(action)) || serviceOf(action) in unusedServices) continue;
    throw new Error(`${action} of ${types}: say in scripts/policies/in-use.ts whether Keepsake uses it`);
  }
  return [...needed.keys()].filter(
    (action) => used.includes(serviceOf(action)) && !(action in omittedActions),
  );
}

/** The services with a service-linked role. Throws for a type that makes one which is not known. */
function linkedServices(types: readonly string[], needed: HandlerActions): string[] {
  const making = needed.get('iam:CreateServiceLinkedRole') ?? [];
  const unknown = making.filter((type) => !(type in serviceLinkedRoles));
  if (unknown.length > 0)
    throw new Error(`${unknown}: say in scripts/policies/in-use.ts which service-linked role it makes`);
  return types.flatMap((type) => serviceLinkedRoles[type] ?? []).sort();
}

/** Throws when a reason is given for what no schema says, or an action is added that one now names. */
function refuseUnneeded(types: readonly string[], needed: HandlerActions): void {
  const services = new Set([...needed.keys()].map(serviceOf));
  const unneeded = [
    ...Object.keys(unusedServices).filter((service) => !services.has(service)),
    ...Object.keys(omittedActions).filter((action) => !needed.has(action)),
    ...Object.keys(addedActions).filter((action) => needed.has(action)),
    ...Object.keys(serviceLinkedRoles).filter((type) => !types.includes(type)),
  ];
  if (unneeded.length > 0) throw new Error(`${unneeded}: no longer needed in scripts/policies/in-use.ts`);
}

const serviceOf = (action: string) => action.split(':')[0] ?? '';
const isPlain = (action: string) => !/^iam:(PassRole|CreateServiceLinkedRole)$/.test(action);

if (require.main === module) {
  for (const [name, text] of Object.entries(render(pythonTools()))) writeFileSync(join(folder, name), text);
}
