import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { marked, writeSection } from '../../scripts/written-section';
import { temporaryDirectory } from '../support/temporary';

function documentOf(text: string) {
  const section = { document: join(temporaryDirectory(), 'page.md'), command: 'npm run it' };
  writeFileSync(section.document, text);
  return { section, read: () => readFileSync(section.document, 'utf8') };
}

test('it replaces what is between its comments, also nothing, and leaves the rest', () => {
  for (const old of ['old', '']) {
    const { section, read } = documentOf(
      `before\n\n<!-- npm run it -- --write -->${old}<!-- end of npm run it -->\n\nafter\n`,
    );
    writeSection(section, 'new');
    expect(read()).toBe(`before\n\n${marked(section, 'new')}\n\nafter\n`);
    writeSection(section, 'new');
    expect(read()).toBe(`before\n\n${marked(section, 'new')}\n\nafter\n`);
  }
});

test.each(['nothing', '<!-- npm run it -- --write -->', '<!-- end of npm run it -->'])(
  'it refuses a document that has %s of them, and leaves it alone',
  (text) => {
    const { section, read } = documentOf(text);
    expect(() => writeSection(section, 'new')).toThrow(
      'must have <!-- npm run it -- --write --> once, and <!-- end of npm run it --> after it',
    );
    expect(read()).toBe(text);
  },
);
