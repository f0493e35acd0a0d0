import { anchorsOf, readDocument } from '../../scripts/documents';

const text = readDocument('docs/deployment-options.md');

test('docs/deployment-options.md begins with a table of ten ways, each with its section in the same order', () => {
  const linked = [...text.matchAll(/^\| \[[^\]]+\]\(#([\w-]+)\)/gm)].map(([, anchor]) => anchor as string);
  expect(linked).toHaveLength(10);
  expect(anchorsOf(text).filter((anchor) => linked.includes(anchor))).toEqual(linked);
});
