import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface WebFile {
  type: string;
  body: Buffer;
  etag: string;
}

/** The web page's files by name, kept in memory: they are served also while every disk hangs. */
export type WebPage = Record<'index.html' | 'page.css' | 'page.js' | 'icon.svg', WebFile>;

/** Reads the web page from `directory`. */
export function readWebPage(directory: string): WebPage {
  const read = (name: string, type: string): WebFile => {
    const body = readFileSync(join(directory, name));
    return { type, body, etag: `"${createHash('sha256').update(body).digest('base64url')}"` };
  };
  return {
    'index.html': read('index.html', 'text/html; charset=utf-8'),
    'page.css': read('page.css', 'text/css; charset=utf-8'),
    'page.js': read('page.js', 'text/javascript; charset=utf-8'),
    'icon.svg': read('icon.svg', 'image/svg+xml'),
  };
}
