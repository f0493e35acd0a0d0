import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Compressible } from './http/compressible';

/** The web page's files by name, kept in memory: they are served also while every disk hangs. */
export type WebPage = Record<'index.html' | 'page.css' | 'page.js' | 'icon.svg', Compressible>;

/** Reads the web page from `directory`. */
export function readWebPage(directory: string): WebPage {
  const read = (name: string, type: string, vary = 'Accept-Encoding') => {
    // Browsers ask each time whether it is still the same: during a rollout, two versions answer under one name.
    const headers = ['Cache-Control', 'no-cache', 'Content-Type', type, 'Vary', vary];
    return new Compressible(readFileSync(join(directory, name)), headers, { tagged: true, quality: 5 });
  };
  return {
    'index.html': read('index.html', 'text/html; charset=utf-8', 'Accept, Accept-Encoding'),
    'page.css': read('page.css', 'text/css; charset=utf-8'),
    'page.js': read('page.js', 'text/javascript; charset=utf-8'),
    'icon.svg': read('icon.svg', 'image/svg+xml'),
  };
}
