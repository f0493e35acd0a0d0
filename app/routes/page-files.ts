import * as z from 'zod';
import { get, type Route } from '../http/route';
import type { WebPage } from '../web-page';

/** The files that the web page loads. */
const pageFile = (name: keyof WebPage, operationId: string, type: string, summary: string): Route => ({
  path: `/${name}`,
  tag: 'Page',
  link: false,
  get: get({
    operationId,
    summary,
    content: { [type]: z.string() },
    tagged: true,
    handler:
      ({ page }) =>
      (_input, request) =>
        page[name].answer(request),
  }),
});

export const style = pageFile('page.css', 'getStyle', 'text/css', "The web page's style.");
export const script = pageFile('page.js', 'getScript', 'text/javascript', "The web page's script.");
export const icon = pageFile('icon.svg', 'getIcon', 'image/svg+xml', "The web page's icon.");
