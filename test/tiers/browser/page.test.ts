import { renameSync } from 'node:fs';
import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { type Container, startContainer } from '../../support/process';
import { nameAt, putRecord } from '../../support/records';
import { temporaryDirectory } from '../../support/temporary';
import { describeBrowser, startBrowser } from './chromium';

const NARROW = { viewport: { width: 320, height: 640 } };
const names = (page: Page) => page.locator('#files a').allTextContents();
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

describeBrowser('the page', () => {
  const { open, errors } = startBrowser();
  const HISTORY_DIR = temporaryDirectory();
  const environment = () => ({ HISTORY_DIR, GENERATED_DIR: temporaryDirectory() });
  let container: Container;
  let records: string[];

  beforeAll(async () => {
    const start = Date.parse('2026-01-01');
    records = Array.from({ length: 2500 }, (_, i) =>
      putRecord(HISTORY_DIR, nameAt(start + i * 60_000)),
    ).toReversed();
    container = await startContainer(environment());
  });

  it("shows this container's file", async () => {
    const page = await open(container.origin);
    await page.getByRole('link', { name: container.file }).waitFor();
    expect(await page.title()).toBe('Keepsake');
    expect(await page.locator('#own-file').getAttribute('href')).toBe(`/files/${container.file}`);
  });

  it('pages through 2,500 names, and back', async () => {
    const page = await open(container.origin);
    await page.getByText('2,500 files').waitFor();
    const seen: string[] = [];
    for (let number = 1; number <= 50; number++) {
      await page.getByText(`page ${number} of 50`, { exact: true }).waitFor();
      seen.push(...(await names(page)));
      if (number < 50) await button(page, 'Older').click();
    }
    expect(seen).toEqual(records);
    expect(await button(page, 'Older').getAttribute('aria-disabled')).toBe('true');
    await button(page, 'Newer').click();
    await page.getByText('page 49 of 50').waitFor();
    expect(await names(page)).toEqual(records.slice(2400, 2450));
    await button(page, 'Newest').click();
    await page.getByText('page 1 of 50').waitFor();
    expect(await names(page)).toEqual(records.slice(0, 50));
  });

  it("shows a file's text", async () => {
    const page = await open(container.origin);
    await page.getByRole('link', { name: records[0] as string }).click();
    await page.waitForURL(`**/files/${records[0]}`);
    expect(await page.textContent('body')).toContain(records[0]);
    // A text names no icon, so the browser looks where icons used to be.
    for (const error of errors.splice(0)) expect(error).toContain('404 (Not Found)');
  });

  it('checks a palindrome, also strictly', async () => {
    const page = await open(container.origin);
    await page.getByLabel('Does it read the same backwards?').fill('A man, a plan, a canal: Panama');
    await button(page, 'Check').click();
    await page.getByText('Yes, a palindrome.').waitFor();
    await page.getByText('amanaplanacanalpanama').waitFor();
    await page.getByLabel(/Strict/).check();
    await button(page, 'Check').click();
    await page.getByText('No, not a palindrome.').waitFor();
  });

  it('makes a random string, another one each time, and copies it', async () => {
    const page = await open(container.origin);
    await page.getByLabel('Length').fill('32');
    await page.getByLabel('Alphabet').selectOption('hex');
    await button(page, 'Make one').click();
    await page.locator('#made:not(:empty)').waitFor();
    const first = await page.textContent('#made');
    expect(first).toMatch(/^[0-9a-f]{32}$/);
    await button(page, 'Make one').click();
    await page.waitForFunction(`document.getElementById('made').textContent !== '${first}'`);
    await button(page, 'Copy').click();
    await page.getByText('Copied.').waitFor();
  });

  it('says what is wrong where the API refuses', async () => {
    const page = await open(container.origin);
    await page.getByLabel('Does it read the same backwards?').fill('?!');
    await button(page, 'Check').click();
    await page.getByText('text must hold a letter or a digit, or strict must be true.').waitFor();
    expect(errors.splice(0)).toEqual([expect.stringContaining('400 (Bad Request)')]);
  });

  it('works with the keyboard alone', async () => {
    const page = await open(container.origin);
    await page.getByText('2,500 files').waitFor();
    const press = async (key: string, until: () => Promise<unknown>) => {
      for (let i = 0; i < 20; i++) {
        await page.keyboard.press(key);
        if (await until()) return;
      }
      throw new Error(`${key} did not get there`);
    };
    const focused = (id: string) => () => page.evaluate(`document.activeElement.id === '${id}'`);
    await press('Tab', focused('older'));
    await page.keyboard.press('Enter');
    await page.getByText('page 2 of 50').waitFor();
    expect(await focused('older')()).toBe(true);
    await page.locator('#files a').last().focus();
    await press('Tab', focused('text'));
    await page.keyboard.type('level');
    await page.keyboard.press('Enter');
    await page.getByText('Yes, a palindrome.').waitFor();
  });

  it.each([
    ['light', {}],
    ['dark', { colorScheme: 'dark' }],
    ['narrow', NARROW],
  ] as const)('has no accessibility finding that is serious: %s', async (_what, options) => {
    const page = await open(container.origin, { ...options, bypassCSP: true });
    await page.getByText('2,500 files').waitFor();
    await button(page, 'Make one').click();
    await page.locator('#made:not(:empty)').waitFor();
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate<AxeResults>('axe.run()');
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`)).toEqual([]);
  });

  it('is usable at 320 px: nothing is cut off or covered, and everything can be pressed', async () => {
    const page = await open(container.origin, NARROW);
    await page.getByText('2,500 files').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
    await button(page, 'Older').click();
    await page.getByText('page 2 of 50').waitFor();
    await page.getByLabel('Does it read the same backwards?').fill('level');
    await button(page, 'Check').click();
    await page.getByText('Yes, a palindrome.').waitFor();
    await page.getByLabel('Length').fill('1024');
    await button(page, 'Make one').click();
    await page.locator('#made:not(:empty)').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
  });

  it("shows a new container's file without a reload, and keeps the reader's place on an older page", async () => {
    const [page, older] = [await open(container.origin), await open(container.origin)];
    await page.getByText('2,500 files').waitFor();
    await older.getByText('2,500 files').waitFor();
    await button(older, 'Older').click();
    await older.getByText('page 2 of').waitFor();
    const another = await startContainer(environment());
    await page.getByRole('link', { name: another.file }).waitFor();
    expect((await names(page))[0]).toBe(another.file);
    await older.getByText('2,501 files').waitFor();
    expect(await names(older)).toEqual(records.slice(50, 100));
    await another.end();
  });

  it('says in plain words that the server has stopped, and goes on by itself when it is back', async () => {
    const PORT = '18098';
    const first = await startContainer({ ...environment(), PORT });
    const page = await open(first.origin);
    await page.getByRole('link', { name: first.file }).first().waitFor();
    await first.end();
    await page.getByText('Keepsake does not answer at the moment. This page keeps trying.').waitFor();
    await button(page, 'Make one').click();
    await page.getByText('Keepsake did not answer. Please try again in a moment.').waitFor();
    expect(await names(page)).toHaveLength(50);

    const second = await startContainer({ ...environment(), PORT });
    await page.getByText('Keepsake does not answer').waitFor({ state: 'hidden' });
    await page.getByText('Keepsake did not answer').waitFor({ state: 'hidden' });
    await page.getByRole('link', { name: first.file }).waitFor();
    await page.locator('#own-file', { hasText: second.file }).waitFor();
    await second.end();
    for (const error of errors.splice(0)) expect(error).toContain('ERR_CONNECTION_REFUSED');
  });

  it('tells apart a history that is unavailable, and goes on with the rest', async () => {
    const directory = temporaryDirectory();
    const alone = await startContainer({
      HISTORY_DIR: `${directory}/history`,
      GENERATED_DIR: temporaryDirectory(),
    });
    const page = await open(alone.origin);
    await page.getByText('No other container has left a file yet.').waitFor();
    renameSync(`${directory}/history`, `${directory}/away`);
    await page.getByText("The history's storage failed: ENOENT.").waitFor();
    await button(page, 'Make one').click();
    await page.locator('#made:not(:empty)').waitFor();
    renameSync(`${directory}/away`, `${directory}/history`);
    await page.getByText("The history's storage failed").waitFor({ state: 'hidden' });
    for (const error of errors.splice(0)) expect(error).toContain('503 (Service Unavailable)');
  });

  it('shows what it was given as text, whatever it holds', async () => {
    const page = await open(container.origin);
    await page.getByLabel('Does it read the same backwards?').fill('<img src=x onerror=alert(1)>');
    await button(page, 'Check').click();
    await page.getByText('No, not a palindrome.').waitFor();
    expect(await page.locator('main img').count()).toBe(0);
  });
});
