import type { Timeline } from './timeline';

const WIDTH = 1100;
const TOP = 70; // Room for the events' labels.
const BOTTOM = 250;
const HEIGHT = 275;
const LEFT = 45;
const RIGHT = 1055;
/** Labels that would be nearer to the one before than this get the next of so many rows. */
const LABEL = 170;
const ROWS = 4;

/** A timeline as SVG: requests a second as an area, p99 as a line, failures as bars, events as marks with their text. */
export function chart(timeline: Timeline): string {
  const seconds = timeline.seconds();
  const x = (second: number) => LEFT + (second / Math.max(1, seconds.length)) * (RIGHT - LEFT);
  const scale = (highest: number) => (value: number) =>
    BOTTOM - (value / Math.max(1, highest)) * (BOTTOM - TOP);
  const most = Math.max(0, ...seconds.map(({ requests }) => requests));
  const slowest = Math.max(0, ...seconds.map(({ p99 }) => p99));
  const count = scale(most);
  const time = scale(slowest);
  const points = (y: (i: number) => number) =>
    seconds.map((_, i) => `${x(i + 0.5).toFixed(1)},${y(i).toFixed(1)}`).join(' L');
  const area = `M${LEFT},${BOTTOM} L${points((i) => count(seconds[i]?.requests ?? 0))} L${RIGHT},${BOTTOM}Z`;
  const bars = seconds.map(({ failures }, i) =>
    failures > 0
      ? `<rect class="failures" x="${x(i)}" y="${count(failures)}" width="${x(1) - x(0)}" height="${BOTTOM - count(failures)}"><title>${failures} failed</title></rect>`
      : '',
  );
  const load =
    most > 0
      ? `<path class="requests" d="${area}"/><path class="p99" d="M${points((i) => time(seconds[i]?.p99 ?? 0))}"/>`
      : '';
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img">
<path class="grid" d="M${LEFT},${BOTTOM}H${RIGHT}M${LEFT},${TOP}H${RIGHT}"/>
${load}${bars.join('')}${marks(timeline, (at) => x((at - timeline.start) / 1000))}
${most > 0 ? peaks(most, slowest) : ''}
<text class="axis" x="${LEFT}" y="${HEIGHT - 8}">0 s</text>
<text class="axis" x="${RIGHT}" y="${HEIGHT - 8}" text-anchor="end">${seconds.length} s</text></svg>`;
}

/** What the upper line stands for, on either side. */
const peaks = (requests: number, p99: number): string =>
  `<text class="axis" x="${LEFT - 5}" y="${TOP + 4}" text-anchor="end">${requests}/s</text>
<text class="axis" x="${RIGHT + 5}" y="${TOP + 4}">${p99.toFixed(0)} ms</text>`;

/** Many of the same kind get no label of their own, which nobody could read: the mark's tooltip has it. */
function marks({ events }: Timeline, x: (at: number) => number): string {
  const many = events.length > 12;
  const rows: number[] = Array(ROWS).fill(Number.NEGATIVE_INFINITY);
  return events
    .map(({ at, what }) => {
      const left = x(at);
      const row = Math.max(
        0,
        rows.findIndex((end) => left - end > LABEL),
      );
      rows[row] = left;
      const anchor = left > RIGHT - LABEL ? ` text-anchor="end"` : '';
      const label = many
        ? ''
        : `<text class="label" x="${left.toFixed(1)}" y="${14 + row * 14}"${anchor}>${escaped(what)}</text>`;
      return `<path class="event" d="M${left.toFixed(1)},${many ? TOP : 18 + row * 14}V${BOTTOM}"><title>${escaped(what)}</title></path>${label}`;
    })
    .join('');
}

/** The text as it may stand in HTML, between tags or in an attribute. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
