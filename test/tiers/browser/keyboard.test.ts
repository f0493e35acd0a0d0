import { setTimeout } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { type Container, startContainer } from '../../support/process';
import { nameAt, putRecord } from '../../support/records';
import { temporaryDirectory } from '../../support/temporary';
import { describeBrowser, startBrowser } from './chromium';

const focused = (page: Page) => page.evaluate<string>('document.activeElement.id');

/** Presses Tab until that has the focus. */
async function tabTo(page: Page, id: string) {
  for (let i = 0; i < 20 && (await focused(page)) !== id; i++) await page.keyboard.press('Tab');
  expect(await focused(page)).toBe(id);
}

describeBrowser('the page with the keyboard alone', () => {
  const { open } = startBrowser();
  let container: Container;
  beforeAll(async () => {
    const HISTORY_DIR = temporaryDirectory();
    for (let i = 0; i < 120; i++) putRecord(HISTORY_DIR, nameAt(Date.parse('2026-01-01') + i));
    container = await startContainer({ HISTORY_DIR, GENERATED_DIR: temporaryDirectory() });
  });

  it('keeps the focus where it is when a page of the history is turned', async () => {
    const page = await open(container.origin);
    await page.getByText('121 files').waitFor();
    await tabTo(page, 'older');
    await page.keyboard.press('Enter');
    await page.locator('#newest[aria-disabled=false]').waitFor();
    expect(await focused(page)).toBe('older');
    await page.keyboard.press('Enter');
    await page.locator('#older[aria-disabled=true]').waitFor();
    expect(await focused(page)).toBe('older');
  });

  it('turns one page when a link is pressed again before the page came', async () => {
    const page = await open(container.origin);
    await page.getByText('121 files').waitFor();
    await tabTo(page, 'older');
    await page.route('**/files?*after=*', async (route) => {
      await setTimeout(1000);
      await route.continue();
    });
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.locator('#newest[aria-disabled=false]').waitFor();
    await page.goBack();
    await page.locator('#newest[aria-disabled=true]').waitFor();
  });

  it('passes the list by a link that shows itself, and checks a palindrome', async () => {
    const page = await open(container.origin);
    await page.getByText('121 files').waitFor();
    await tabTo(page, 'exact');
    await page.keyboard.press('Tab');
    const skip = page.getByRole('link', { name: 'Skip the files' });
    expect((await skip.boundingBox())?.width).toBeGreaterThan(50);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('text');
    await page.keyboard.type('level');
    await page.keyboard.press('Enter');
    await page.getByText('Yes, a palindrome.').waitFor();
  });
});
