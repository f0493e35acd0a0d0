import { turn } from './turns';

const promised: (() => unknown)[] = [];

/** What a start does not wait for. @returns a function that returns it, made by the first call. */
export function later<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  const get = () => {
    made ??= { value: make() };
    return made.value;
  };
  promised.push(get);
  return get;
}

/** Makes all that nobody has asked for yet, so that no request has to wait for it: each in a turn of its own. */
export async function makeAll(): Promise<void> {
  for (const get of promised.splice(0)) {
    await turn();
    get();
  }
}
