import * as z from 'zod';
import { get, type Route } from '../http/route';
import { later } from '../later';
import { ASSETS, type AssetName } from '../web-page';

const parameters = later(() =>
  z.object({
    hash: z.string().describe('The hash of its content, so that it may be kept.'),
  }),
);

/** What the web page loads: under a path that changes with the content. */
const asset = (name: AssetName, operationId: string, summary: string): Route => ({
  path: `/assets/{hash}/${name}`,
  tag: 'Page',
  link: false,
  parameters,
  get: get({
    operationId,
    summary,
    content: () => ({ [ASSETS[name].split(';')[0] as string]: z.string() }),
    tagged: true,
    handler:
      ({ page }) =>
      (_input, request) =>
        page.asset(name, request.params.hash as string).answer(request),
  }),
});

export const style = asset('page.css', 'getStyle', "The web page's style.");
export const script = asset('page.js', 'getScript', "The web page's script.");
export const icon = asset('icon.svg', 'getIcon', "The web page's icon.");
