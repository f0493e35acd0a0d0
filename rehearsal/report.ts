import { type Figure, lineOf } from './scenario';
import type { Timeline } from './timeline';

/** What became of a scenario. */
export interface Outcome {
  readonly name: string;
  readonly title: string;
  readonly timeline: Timeline;
  readonly figures: readonly Figure[];
  /** Why it was not run. */
  readonly skipped?: string | undefined;
}

/** All outcomes as Markdown: the events of each scenario, with the seconds since its start, and its figures. */
export const reportOf = (outcomes: readonly Outcome[], summary: string): string =>
  ['# The rehearsal', `${new Date().toISOString()}: ${summary}.`, ...outcomes.flatMap(section)].join('\n\n');

function section({ name, title, timeline: { start, events }, figures, skipped }: Outcome): string[] {
  const lists = [
    events.map(({ at, what }) => `- ${((at - start) / 1000).toFixed(0)} s: ${what}`),
    figures.map((figure) => `- ${lineOf(figure)}`),
    skipped ? [`Skipped: ${skipped}`] : [],
  ];
  return [`## ${name}: ${title}`, ...lists.filter(({ length }) => length > 0).map((list) => list.join('\n'))];
}
