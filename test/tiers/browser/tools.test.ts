import { type Container, startContainer } from '../../support/process';
import { temporaryDirectory } from '../../support/temporary';
import { describeBrowser, startBrowser } from './chromium';

const TEXT = 'Does it read the same backwards?';

describeBrowser('the tools on the page', () => {
  const { open, errors } = startBrowser();
  let container: Container;
  beforeAll(async () => {
    container = await startContainer({
      HISTORY_DIR: temporaryDirectory(),
      GENERATED_DIR: temporaryDirectory(),
    });
  });

  it('check a palindrome, also strictly', async () => {
    const page = await open(container.origin);
    const check = page.getByRole('button', { name: 'Check' });
    await page.getByLabel(TEXT).fill('A man, a plan, a canal: Panama');
    await check.click();
    await page.getByText('Yes, a palindrome.').waitFor();
    await page.getByText('amanaplanacanalpanama').waitFor();
    await page.getByLabel(/Strict/).check();
    await check.click();
    await page.getByText('No, not a palindrome.').waitFor();
  });

  it('say what to type, beside the field that it is about', async () => {
    const page = await open(container.origin);
    const field = page.getByLabel(TEXT);
    const check = page.getByRole('button', { name: 'Check' });
    const described = () => page.locator(`#palindrome-problem`).textContent();
    expect(await field.getAttribute('aria-describedby')).toBe('palindrome-problem');
    for (const text of ['', '?!']) {
      await field.fill(text);
      await check.click();
      expect(await described()).toBe('Type a letter or a digit, or tick Strict.');
      expect(await field.getAttribute('aria-invalid')).toBe('true');
      expect(await page.locator('#text:focus').count()).toBe(1);
    }
    await page.getByLabel(/Strict/).check();
    await check.click();
    await page.getByText('No, not a palindrome.').waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('false');
    expect(await described()).toBe('');

    await field.fill(`a${'\u0301'.repeat(31)}`);
    await check.click();
    await page.getByText('This cannot be checked: a letter carries too many accents.').waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(errors.splice(0)).toEqual([expect.stringContaining('400 (Bad Request)')]);
  });

  it('make a random string, another one each time, and copy it', async () => {
    const page = await open(container.origin);
    const make = page.getByRole('button', { name: 'Make one' });
    const copy = page.getByRole('button', { name: 'Copy', exact: true });
    const made = page.locator('#made');
    expect(await copy.isVisible()).toBe(false);
    await page.getByLabel('Length').fill('0');
    await make.click();
    await page.getByText('Type a whole number from 1 to 1024.').waitFor();
    expect(await page.getByLabel('Length').getAttribute('aria-invalid')).toBe('true');
    await page.getByLabel('Length').fill('32');
    await page.getByLabel('Alphabet').selectOption('hex');
    await make.click();
    await page.locator('#made:not(:empty)').waitFor();
    const first = (await made.textContent()) as string;
    expect(first).toMatch(/^[0-9a-f]{32}$/);
    await make.click();
    await page.locator('#made', { hasNotText: first }).waitFor();
    await copy.click();
    await page.getByText('Copied', { exact: true }).waitFor();
    await page.getByLabel(TEXT).focus();
    await page.keyboard.press('Control+V');
    expect(await page.getByLabel(TEXT).inputValue()).toBe(await made.textContent());
  });

  it('show what they were given as text, whatever it holds', async () => {
    const page = await open(container.origin);
    await page.getByLabel(TEXT).fill('<img src=x onerror=alert(1)>');
    await page.getByRole('button', { name: 'Check' }).click();
    await page.getByText('No, not a palindrome.').waitFor();
    expect(await page.locator('main img').count()).toBe(0);
  });
});
