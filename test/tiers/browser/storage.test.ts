import { renameSync } from 'node:fs';
import { startContainer } from '../../support/process';
import { temporaryDirectory } from '../../support/temporary';
import { describeBrowser, startBrowser } from './chromium';

describeBrowser('the page while storage fails', () => {
  const { open, errors } = startBrowser();

  it('says once that the history cannot be reached and when it tries again, and the rest works', async () => {
    const directory = temporaryDirectory();
    const alone = await startContainer({
      HISTORY_DIR: `${directory}/history`,
      GENERATED_DIR: temporaryDirectory(),
    });
    const page = await open(alone.origin);
    await page.getByText('Only this container has left a file so far.').waitFor();
    expect(await page.locator('#total').textContent()).toBe('1 file');
    renameSync(`${directory}/history`, `${directory}/away`);
    const problem = page.getByText('The history cannot be reached at the moment. Everything else works.');
    await problem.waitFor();
    expect(await problem.count()).toBe(1);
    await problem.getByText('tries again every 2 seconds').waitFor();
    expect(await page.locator('#total').textContent()).toBe('');
    expect(await page.locator('#notice').isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Make one' }).click();
    await page.locator('#made:not(:empty)').waitFor();
    renameSync(`${directory}/away`, `${directory}/history`);
    await problem.waitFor({ state: 'hidden' });
    await page.getByText('1 file', { exact: true }).waitFor();
    await page.close();
    for (const error of errors.splice(0)) expect(error).toContain('503 (Service Unavailable)');
  });
});
