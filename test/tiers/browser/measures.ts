import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe finds, by all of its rules: those of best practice, too. */
export async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>('axe.run()');
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`);
}

/** The sum of the shifts so far that followed no input (web.dev: "Cumulative Layout Shift"). */
export const LAYOUT_SHIFT = `new Promise((resolve) => {
  let sum = 0;
  const add = (list) => list.forEach((shift) => { if (!shift.hadRecentInput) sum += shift.value; });
  new PerformanceObserver((list) => add(list.getEntries())).observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => resolve(sum), 500);
})`;
