import { readFileSync, writeFileSync } from 'node:fs';

/** The part of a document that a command writes with `--write`, between two comments that name the command. */
export interface WrittenSection {
  readonly document: string;
  readonly command: string;
  /** Which one, where the command writes several. */
  readonly part?: string;
}

const begin = ({ command, part }: WrittenSection) =>
  `<!-- ${command} -- --write${part ? `: ${part}` : ''} -->`;
const end = ({ command, part }: WrittenSection) => `<!-- end of ${part ?? command} -->`;

/** The section as it is in its document. */
export const marked = (section: WrittenSection, text: string): string =>
  `${begin(section)}\n\n${text}\n\n${end(section)}`;

/** Replaces the section. @throws Error when the document lacks one of the comments, and leaves it as it is. */
export function writeSection(section: WrittenSection, text: string): void {
  const [head, rest, ...more] = readFileSync(section.document, 'utf8').split(begin(section));
  const [, tail] = rest?.split(end(section)) ?? [];
  if (tail === undefined || more.length > 0) {
    throw new Error(`${section.document} must have ${begin(section)} once, and ${end(section)} after it`);
  }
  writeFileSync(section.document, head + marked(section, text) + tail);
}
