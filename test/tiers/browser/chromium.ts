import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const found = existsSync(executablePath);
if (!found) {
  const remedy = 'apt-get install chromium, or name one with CHROMIUM_PATH';
  process.stderr.write(
    `Skipped: the browser tests need Chromium, and there is no ${executablePath}: ${remedy}\n`,
  );
}

/** Describes tests that need a browser; skipped without one. */
export const describeBrowser = found ? describe : describe.skip;

const QUIET = [
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A browser for the tests of one file, and pages in it that fail their test when the console shows an error. */
export function startBrowser() {
  let browser: Browser;
  /** Errors of the page that is open; what a test expects of them, it takes out. */
  const errors: string[] = [];
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', ...QUIET] });
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    // Violations of the Content-Security-Policy are console errors, too.
    expect(errors.splice(0)).toEqual([]);
  });
  afterAll(() => browser.close());

  async function open(url: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await (await browser.newContext(options)).newPage();
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.goto(url);
    return page;
  }
  return { open, errors };
}
