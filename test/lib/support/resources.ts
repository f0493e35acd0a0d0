import type { Template } from 'aws-cdk-lib/assertions';

// biome-ignore lint/suspicious/noExplicitAny: templates have no type.
type Json = any;

/** One resource of a template. */
export interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, Json>;
  readonly DependsOn?: string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** All resources of a type, by their logical ids. */
export function resources(template: Template, type?: string): [string, Resource][] {
  const all: Record<string, Resource> = template.toJSON().Resources;
  return Object.entries(all).filter(([, resource]) => !type || resource.Type === type);
}

/** The properties of the only resource of a type. */
export function only(template: Template, type: string): Record<string, Json> {
  const found = resources(template, type);
  if (found.length !== 1) throw new Error(`${found.length} resources of type ${type}, not one`);
  return found[0]?.[1].Properties ?? {};
}

/** The logical id that a `Ref` or a `GetAtt` points at. */
export function target(value: Json): string {
  return value?.Ref ?? value?.['Fn::GetAtt']?.[0] ?? JSON.stringify(value);
}
