import type { Outcome } from './run-scenario';
import type { Figure } from './scenario';

const verdict = ({ holds, limit }: Figure): string => (holds ? (limit ? 'ok' : '') : 'FAIL');

/** The outcome as lines for a terminal. */
export const linesOf = ({ figures, skipped }: Outcome): string[] =>
  skipped
    ? [`  skipped: ${skipped}`]
    : figures.map((figure) => {
        const { what, value, limit } = figure;
        return `  ${verdict(figure).padEnd(4)}  ${what}: ${value}${limit ? ` (${limit})` : ''}`;
      });

/** How many figures hold, in a sentence. */
export function summaryOf(outcomes: readonly Outcome[]): string {
  const figures = outcomes.flatMap((outcome) => outcome.figures);
  const failed = figures.filter(({ holds }) => !holds).length;
  return `${figures.length - failed} figures hold, ${failed} do not`;
}

/** All outcomes as Markdown: the events of each scenario, with the seconds since its start, and its figures. */
export const reportOf = (outcomes: readonly Outcome[]): string =>
  [
    '# The rehearsal',
    '',
    `${new Date().toISOString()}: ${summaryOf(outcomes)}.`,
    ...outcomes.flatMap(section),
    '',
  ].join('\n');

function section({ scenario, timeline: { start, events }, figures, skipped }: Outcome): string[] {
  const heading = ['', `## ${scenario.name}: ${scenario.title}`, ''];
  if (skipped) return [...heading, `Skipped: ${skipped}`];
  return [
    ...heading,
    ...events.map(({ at, what }) => `- ${((at - start) / 1000).toFixed(0)} s: ${what}`),
    ...(events.length > 0 ? [''] : []),
    '| figure | value | limit | |',
    '| --- | --- | --- | --- |',
    ...figures.map((figure) => {
      const { what, value, limit = '' } = figure;
      return `| ${what} | ${value} | ${limit} | ${verdict(figure)} |`;
    }),
  ];
}
