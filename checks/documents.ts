import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');

/** A fenced block of shell commands in a document. */
export interface CommandBlock {
  /** The line that its first command is on. */
  readonly line: number;
  /** What follows `sh` on the fence: `aws` needs an account, `docker` an engine, `ci` is run by .ci/run itself. */
  readonly needs: string;
  readonly commands: string;
  /** What it prints, with `…` for anything; undefined where the document does not say. */
  readonly output: string | undefined;
}

/** The paths of all documents, relative to the repository. */
export function documents(): string[] {
  const inDocs = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' });
  return [...readdirSync(ROOT), ...inDocs.map((path) => `docs/${path}`)].filter((path) =>
    path.endsWith('.md'),
  );
}

export const readDocument = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** The blocks marked `sh`, in order; a block marked `text` or `json` right below one is what it prints. */
export function commandBlocks(markdown: string): CommandBlock[] {
  const blocks = /^```sh ?([^\n]*)\n(.*?)^```\n(?:\n```(?:text|json)\n(.*?)^```$)?/gms;
  return [...markdown.matchAll(blocks)].map(({ index, 1: needs = '', 2: commands = '', 3: output }) => ({
    line: markdown.slice(0, index).split('\n').length + 1,
    needs,
    commands,
    output,
  }));
}

/** The fragments that GitHub gives to the headings of a document. */
export const anchorsOf = (markdown: string): string[] =>
  [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
