import type { Page } from 'playwright-core';
import { eventually } from '../../support/eventually';
import { type Container, startContainer } from '../../support/process';
import { nameAt, putRecord } from '../../support/records';
import { temporaryDirectory } from '../../support/temporary';
import { describeBrowser, startBrowser } from './chromium';

const START = Date.parse('2026-01-01T00:00:30Z');
const names = (page: Page) => page.locator('#files a').allTextContents();
const link = (page: Page, name: string) => page.locator('#pager').getByRole('link', { name, exact: true });

describeBrowser('the history on the page', () => {
  const { open, errors } = startBrowser();
  const HISTORY_DIR = temporaryDirectory();
  const environment = () => ({ HISTORY_DIR, GENERATED_DIR: temporaryDirectory() });
  let container: Container;
  /** Every file, newest first: a minute between each two, and the container's own. */
  let files: string[];
  /** Waits until these rows are on show. */
  const shows = (page: Page, from: number, to: number) =>
    eventually(async () => expect(await names(page)).toEqual(files.slice(from, to)));

  beforeAll(async () => {
    const records = Array.from({ length: 2500 }, (_, i) =>
      putRecord(HISTORY_DIR, nameAt(START + i * 60_000)),
    );
    container = await startContainer(environment());
    files = [container.file, ...records.toReversed()];
  });

  it('pages through all files, and back', async () => {
    const page = await open(container.origin);
    await page.getByText('2,501 files').waitFor();
    await shows(page, 0, 51);
    let at = 51;
    for (; at < files.length; at += 50) {
      await link(page, 'Older').click();
      await shows(page, at, at + 50);
    }
    expect(await link(page, 'Older').getAttribute('aria-disabled')).toBe('true');
    await link(page, 'Newer').click();
    await shows(page, at - 100, at - 50);
    await link(page, 'Newest').click();
    await shows(page, 0, 51);
    await link(page, 'Oldest').click();
    await shows(page, files.length - 50, files.length);
    await link(page, 'Newer').click();
    await shows(page, files.length - 100, files.length - 50);
  });

  it('has a URL for each page, which survives a reload, can be sent, and goes with Back', async () => {
    const page = await open(container.origin);
    await link(page, 'Older').click();
    await shows(page, 51, 101);
    const url = page.url();
    await page.reload();
    await shows(page, 51, 101);
    await shows(await open(url), 51, 101);
    await link(page, 'Older').click();
    await shows(page, 101, 151);
    await page.goBack();
    await shows(page, 51, 101);
    await shows(await open(`${container.origin}/?after=nonsense`), 0, 51);
    expect(errors.splice(0)).toEqual([expect.stringContaining('400 (Bad Request)')]);
  });

  it('jumps to a date, and says when there is none or nothing is that old', async () => {
    const page = await open(container.origin, { timezoneId: 'UTC' });
    await page.getByText('2,501 files').waitFor();
    const go = page.getByRole('button', { name: 'Go' });
    const date = page.getByLabel('Jump to a date');
    await go.click();
    await page.getByText('Choose a date.').waitFor();
    expect(await date.getAttribute('aria-invalid')).toBe('true');
    await date.fill('2026-01-01');
    await go.click();
    // The day has 1,440 minutes.
    await shows(page, files.length - 1440, files.length - 1390);
    expect(await date.getAttribute('aria-invalid')).toBe('false');
    expect(await page.locator('#span').textContent()).toBe('1 Jan 2026');
    await date.fill('2025-12-31');
    await go.click();
    await page.getByText('No file is older than that.').waitFor();
    await link(page, 'Newer').click();
    await shows(page, files.length - 50, files.length);
  });

  it('tells times by how long ago, and exactly when asked', async () => {
    const page = await open(container.origin, { timezoneId: 'UTC' });
    await link(page, 'Oldest').click();
    const time = page.locator('#files time').last();
    await shows(page, files.length - 50, files.length);
    expect(await time.textContent()).toMatch(/ months ago$/);
    expect(await time.getAttribute('title')).toBe('1 Jan 2026, 00:00:30');
    await page.getByRole('button', { name: 'Exact times' }).click();
    await page.locator('#files').getByText('1 Jan 2026, 00:00:30').waitFor();
  });

  it('copies a name', async () => {
    const page = await open(container.origin);
    await page.getByRole('button', { name: `Copy ${files[1]}` }).click();
    await page.getByText('Copied', { exact: true }).waitFor();
    const field = page.getByLabel('Does it read the same backwards?');
    await field.focus();
    await page.keyboard.press('Control+V');
    expect(await field.inputValue()).toBe(files[1]);
  });

  it("shows a file's text on a page with a way back", async () => {
    const page = await open(container.origin);
    await page
      .locator('#files')
      .getByRole('link', { name: files[1] as string })
      .click();
    await page.waitForURL(`**/files/${files[1]}`);
    expect(await page.textContent('h1')).toBe(files[1]);
    await page.getByRole('link', { name: 'All files and containers' }).click();
    await shows(page, 0, 51);
  });

  it('has a page for what there is not, also with a way back', async () => {
    const page = await open(`${container.origin}/nowhere`);
    expect(await page.textContent('h1')).toBe('There is nothing here');
    await page.getByRole('link', { name: 'Keepsake' }).click();
    await shows(page, 0, 51);
    expect(errors.splice(0)).toEqual([expect.stringContaining('404 (Not Found)')]);
  });

  it("shows a new container's file without a reload, and keeps the reader's place on an older page", async () => {
    const [page, older] = [await open(container.origin), await open(container.origin)];
    await link(older, 'Older').click();
    await shows(older, 51, 101);
    const another = await startContainer(environment());
    await page.locator('#files li.new', { hasText: another.file }).waitFor();
    await older.getByText('2,502 files').waitFor();
    await shows(older, 51, 101);
    await another.end();
  });
});
