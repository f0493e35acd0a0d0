import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Compressible } from './http/compressible';

/** What the web page loads, by name. */
export const ASSETS = {
  'page.css': 'text/css; charset=utf-8',
  'page.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
} as const;
export type AssetName = keyof typeof ASSETS;

/** The web page's files, kept in memory: they are served also while every disk hangs. */
export interface WebPage {
  index: Compressible;
  /** The asset under the hash of its content; under any other, for the pages of another version while a rollout goes on. */
  asset(name: AssetName, hash: string): Compressible;
  /** A page that says one thing to a person, as HTML. */
  sheet(title: string, text: string): string;
}

// Browsers ask each time whether it is still the same.
const ASK = 'no-cache';
const KEEP = 'public, max-age=31536000, immutable';

/** Reads the web page from `directory`, where the build left it. */
export function readWebPage(directory: string): WebPage {
  const read = (name: string) => readFileSync(join(directory, name));
  const assets = Object.fromEntries(
    Object.entries(ASSETS).map(([name, type]) => {
      const body = read(name);
      const hash = createHash('sha256').update(body).digest('hex').slice(0, 16);
      return [name, { hash, kept: compressible(body, type, KEEP), asked: compressible(body, type, ASK) }];
    }),
  );
  const page = (name: string) =>
    read(name)
      .toString()
      .replace(/(?<=")\/([\w.]+)(?=")/g, (path, asset) =>
        assets[asset] ? `/assets/${assets[asset].hash}/${asset}` : path,
      );
  const sheet = page('sheet.html');
  return {
    index: compressible(
      Buffer.from(page('index.html')),
      'text/html; charset=utf-8',
      ASK,
      'Accept, Accept-Encoding',
    ),
    asset(name, hash) {
      const asset = assets[name] as NonNullable<(typeof assets)[string]>;
      return hash === asset.hash ? asset.kept : asset.asked;
    },
    sheet(title, text) {
      const said: Record<string, string> = { title, text };
      return sheet.replace(/\{(title|text)\}/g, (_, what) => escapeHtml(said[what] as string));
    },
  };
}

const compressible = (body: Buffer, type: string, cache: string, vary = 'Accept-Encoding') =>
  new Compressible(body, ['Cache-Control', cache, 'Content-Type', type, 'Vary', vary], {
    tagged: true,
    quality: 5,
  });

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
