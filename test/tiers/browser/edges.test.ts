import { renameSync } from 'node:fs';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { startContainer } from '../../support/process';
import { nameAt, putManyRecords, putRecord } from '../../support/records';
import { temporaryDirectory } from '../../support/temporary';
import { startBalancer } from './balancer';
import { describeBrowser, startBrowser } from './chromium';
import { findings, LAYOUT_SHIFT } from './measures';
import { putOnSheet, take } from './pictures';

const DAY = 86_400_000;
const WIDE = { width: 1200, height: 900 };

interface Edge {
  options?: BrowserContextOptions;
  /** Where the page is; by default, two containers share a history of some hundred files. */
  origin?: () => Promise<string>;
  path?: string;
  /** Brings the page to its edge. */
  prepare?: (page: Page) => Promise<unknown>;
  /** What has to be seen there. */
  sees?: string;
}

const another = async (page: Page) => {
  await page.getByRole('button', { name: 'Ask another container' }).click();
  await page.getByText('2 met').waitFor();
};

describeBrowser('the page at its edges', () => {
  const { open, errors } = startBrowser();
  let both: string;
  const start = (HISTORY_DIR: string) => startContainer({ HISTORY_DIR, GENERATED_DIR: temporaryDirectory() });

  beforeAll(async () => {
    const directory = temporaryDirectory();
    for (let i = 1; i <= 200; i++) putRecord(directory, nameAt(Date.now() - (i * DAY) / 3));
    const containers = await Promise.all([start(directory), start(directory)]);
    both = await startBalancer(containers.map(({ origin }) => origin));
  });

  const edges: Record<string, Edge> = {
    light: { prepare: another },
    dark: { options: { colorScheme: 'dark' }, prepare: another },
    '900 px': { options: { viewport: { width: 900, height: 900 } }, prepare: another },
    '320 px': { options: { viewport: { width: 320, height: 640 } } },
    'text at 200 percent': { prepare: (page) => page.addStyleTag({ content: 'html { font-size: 200% }' }) },
    'forced colours': { options: { forcedColors: 'active' }, prepare: another },
    'reduced motion': {
      options: { reducedMotion: 'reduce' },
      prepare: async (page) => {
        await another(page);
        expect(await page.evaluate('document.getAnimations().length')).toBe(0);
      },
    },
    print: {
      prepare: async (page) => {
        await page.emulateMedia({ media: 'print' });
        const shown = page.locator('button, input, nav, footer, .tools, .note').filter({ visible: true });
        expect(await shown.allTextContents()).toEqual([expect.stringMatching(/^Started/)]);
      },
    },
    'without JavaScript': {
      options: { javaScriptEnabled: false },
      prepare: async (page) => {
        expect(await page.locator('button, input').filter({ visible: true }).count()).toBe(0);
        await page.locator('noscript a[href="/files"]').waitFor();
      },
    },
    'server stopped': {
      origin: async () => {
        const container = await start(temporaryDirectory());
        setTimeout(() => container.end(), 3000);
        return container.origin;
      },
      sees: 'Keepsake does not answer at the moment.',
    },
    'storage failing': {
      origin: async () => {
        const directory = temporaryDirectory();
        const container = await start(`${directory}/history`);
        renameSync(`${directory}/history`, `${directory}/away`);
        return container.origin;
      },
      sees: 'The history cannot be reached at the moment.',
    },
    'no files': {
      origin: async () => (await start(temporaryDirectory())).origin,
      sees: 'Only this container has left a file so far.',
    },
    'a million files': {
      origin: async () => {
        const directory = temporaryDirectory();
        for (let day = 0; day < 250; day++)
          putManyRecords(directory, Date.parse('2025-01-01') + day * DAY, 4000);
        return (await start(directory)).origin;
      },
      sees: '1,000,001 files',
    },
    'long texts and something wrong': {
      options: { viewport: { width: 320, height: 640 } },
      prepare: async (page) => {
        await page.getByLabel('Does it read the same backwards?').fill('abcdefghi'.repeat(1000));
        await page.getByRole('button', { name: 'Check' }).click();
        await page.getByText('No, not a palindrome.').waitFor();
        await page.getByLabel('Length').fill('1024');
        await page.getByRole('button', { name: 'Make one' }).click();
        await page.locator('#made:not(:empty)').waitFor();
        await page.getByRole('button', { name: 'Go' }).click();
      },
      sees: 'Choose a date.',
    },
    'a file': { path: '/files/', sees: 'Left by a container that started at' },
    'an unknown URL': { path: '/nowhere', sees: 'There is nothing here' },
  };

  it.each(Object.entries(edges))(
    '%s: in a picture, without a finding of axe, cut off nowhere, without a shift of its layout',
    async (name, { options, origin, path = '/', prepare, sees }) => {
      const base = origin ? await origin() : both;
      const target =
        path === '/files/'
          ? path + (await (await fetch(`${base}/file`, { headers: { Accept: 'text/plain' } })).text()).trim()
          : path;
      const page = await open(base + target, { viewport: WIDE, ...options, bypassCSP: true });
      const scripted = options?.javaScriptEnabled !== false; // axe is a script, too.
      if (path === '/' && scripted) {
        await page.locator('.container .name a').first().waitFor();
        if (!sees) await page.getByText('202 files').waitFor();
        expect(await page.evaluate(LAYOUT_SHIFT)).toBeLessThan(0.02);
      }
      await prepare?.(page);
      if (sees) await page.getByText(sees).first().waitFor();

      await take(page, name);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      if (scripted) expect(await findings(page)).toEqual([]);
      await page.close();
      // What the browser says of answers that are none is part of these edges.
      for (const error of errors.splice(0)) expect(error).toContain('Failed to load resource');
    },
    120_000,
  );

  it('are all on one sheet', () => putOnSheet(Object.keys(edges), open));
});
