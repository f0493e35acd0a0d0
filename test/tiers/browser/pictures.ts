import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const FOLDER = join(__dirname, '../../../.cache/page');
const SHEET = join(FOLDER, 'sheet.html');
const STYLE =
  'body { display: grid; grid-template-columns: repeat(4, 1fr); gap: 1em } figure { margin: 0 } img { width: 100%; max-height: 600px; object-fit: cover; object-position: top; outline: 1px solid }';

/** Takes a picture of what the window shows, and one of the whole page. */
export async function take(page: Page, name: string): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
  await page.screenshot({ path: join(FOLDER, `${name}, whole.png`), fullPage: true });
}

/** Puts the pictures on one sheet, .cache/page/sheet.png: look at it before a change of the page lands. */
export async function putOnSheet(names: string[], open: (url: string, options: object) => Promise<Page>) {
  const figures = names.map(
    (name) =>
      `<figure><img src="${encodeURIComponent(name)}, whole.png"><figcaption>${name}</figcaption></figure>`,
  );
  writeFileSync(SHEET, `<!DOCTYPE html><style>${STYLE}</style>${figures.join('')}`);
  const page = await open(`file://${SHEET}`, { viewport: { width: 1600, height: 900 } });
  await page.screenshot({ path: SHEET.replace('.html', '.png'), fullPage: true });
}
