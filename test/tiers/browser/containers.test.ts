import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { startContainer } from '../../support/process';
import { temporaryDirectory } from '../../support/temporary';
import { startBalancer } from './balancer';
import { describeBrowser, startBrowser } from './chromium';

const another = (page: Page) => page.getByRole('button', { name: 'Ask another container' }).click();
const tag = (page: Page, file: string) => page.locator('.container', { hasText: file });

describeBrowser('the containers on the page', () => {
  const { open, errors } = startBrowser();
  const HISTORY_DIR = temporaryDirectory();
  const start = (environment = {}) =>
    startContainer({ HISTORY_DIR, GENERATED_DIR: temporaryDirectory(), ...environment });

  it('shows the file of the container that answers, a link to it and its pattern', async () => {
    const container = await start();
    const page = await open(container.origin);
    const link = page.locator('#met').getByRole('link', { name: container.file });
    expect(await link.getAttribute('href')).toBe(`/files/${container.file}`);
    expect(await page.locator('.container .seal path').getAttribute('d')).toMatch(/^(M\d \dh1v1h-1z)+$/);
    await tag(page, container.file)
      .getByText(/^Started (now|\d+ seconds? ago)$/)
      .waitFor();
    await another(page);
    await page.getByText('Only this container answered. There may be no other.').waitFor();
    await container.end();
  });

  it('shows the zone that ECS tells, and nothing that it told besides', async () => {
    const ecs = createServer((_request, response) =>
      response.end(
        '{"AvailabilityZone":"eu-west-1a","Containers":[{"Networks":[{"IPv4Addresses":["10.0.2.106"]}]}]}',
      ),
    ).listen(0);
    const ECS_CONTAINER_METADATA_URI_V4 = `http://localhost:${(ecs.address() as AddressInfo).port}`;
    const container = await start({ ECS_CONTAINER_METADATA_URI_V4 });
    const page = await open(container.origin);
    await tag(page, container.file).getByText('in eu-west-1a').waitFor();
    expect(await page.content()).not.toContain('10.0.2.106');
    ecs.close();
    await container.end();
  });

  it('meets another one on a connection of its own, sees one end, and keeps its file in the history', async () => {
    const [first, second] = [await start(), await start()];
    const origins = [first.origin, second.origin];
    const page = await open(await startBalancer(origins));
    await another(page);
    for (const { file } of [first, second]) await tag(page, file).waitFor();
    expect(await page.locator('#met-count').textContent()).toBe('2 met');

    origins.pop();
    await second.end('SIGKILL');
    await tag(page, second.file)
      .getByText(/^Stopped answering/)
      .waitFor();
    expect(await page.locator('#met-count').textContent()).toBe('2 met, 1 stopped answering');
    await page.locator('#files').getByRole('link', { name: second.file }).waitFor();
    expect(await tag(page, first.file).getByText('Stopped').isVisible()).toBe(false);
    await first.end();
  });

  it('says in plain words that none answers, and goes on by itself when one is back', async () => {
    const PORT = '18098';
    const first = await start({ PORT });
    const page = await open(first.origin);
    await tag(page, first.file).waitFor();
    await first.end();
    await page
      .getByText('Keepsake does not answer at the moment. This page tries again every 2 seconds.')
      .waitFor();
    await tag(page, first.file)
      .getByText(/^Stopped answering/)
      .waitFor();
    await page.getByRole('button', { name: 'Make one' }).click();
    await page.getByText('Keepsake did not answer. Please try again in a moment.').waitFor();

    const second = await start({ PORT });
    await page.getByText('Keepsake does not answer').waitFor({ state: 'hidden' });
    await page.getByText('Keepsake did not answer').waitFor({ state: 'hidden' });
    await page.locator('#files').getByRole('link', { name: first.file }).waitFor();
    await tag(page, second.file).waitFor();
    expect(await tag(page, second.file).getByText('Stopped').isVisible()).toBe(false);
    await second.end();
    for (const error of errors.splice(0)) expect(error).toContain('ERR_CONNECTION_REFUSED');
  });
});
