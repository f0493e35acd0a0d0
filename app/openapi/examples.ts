import type { Operation, Route } from '../http/route';

/** A request that every container answers with 200. */
export interface Example {
  operationId: string;
  method: 'GET' | 'POST';
  /** With the query. */
  path: string;
  headers: Record<string, string>;
  body?: string;
}

/**
 * A request for each operation of a route and each type that it answers.
 * @param name of a file that the history has, for a path that names one.
 */
export function examplesOf({ path, get, post }: Route, name: string): Example[] {
  const filled = path.replace(/\{\w+\}/, name);
  const query = new URLSearchParams(get.example as Record<string, string> | undefined);
  const examples = typesOf(get).map(
    (type): Example => ({
      operationId: get.operationId,
      method: 'GET',
      path: query.size > 0 ? `${filled}?${query}` : filled,
      headers: { Accept: type },
    }),
  );
  if (post) {
    examples.push({
      operationId: post.operationId,
      method: 'POST',
      path: filled,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(post.example),
    });
  }
  return examples;
}

const typesOf = ({ content }: Operation): string[] => Object.keys(content());
