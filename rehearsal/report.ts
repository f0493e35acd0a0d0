import { chart, escaped } from './chart';
import type { Outcome } from './run-scenario';

const STYLE = `
  body { font: 15px/1.5 system-ui, sans-serif; max-width: 1100px; margin: 2rem auto; padding: 0 1rem; color: #1d2733 }
  h2 { margin: 2.5rem 0 0; font-size: 1.2rem } h2 small { color: #5b6876; font-weight: normal }
  table { border-collapse: collapse; margin: .5rem 0 } td { padding: .15rem 1.2rem .15rem 0; vertical-align: top }
  .ok { color: #1b7f3b } .fail { color: #c21f2c; font-weight: 600 } .legend span { margin-right: 1.5rem; color: #5b6876 }
  svg { width: 100%; height: auto; background: #f7f9fb; border-radius: 6px } svg text { font: 11px system-ui, sans-serif }
  .requests { fill: #b9d3ee } .p99 { fill: none; stroke: #d98310; stroke-width: 1.5 } .failures { fill: #c21f2c }
  .event { stroke: #5b6876; stroke-dasharray: 2 3 } .label, .axis { fill: #47525e } .grid { stroke: #dde4ea }`;

/** The outcome as lines for a terminal. */
export const linesOf = ({ figures, skipped }: Outcome): string[] =>
  skipped
    ? [`  skipped: ${skipped}`]
    : figures.map(({ what, value, limit, holds }) => {
        const verdict = holds ? (limit ? 'ok  ' : '    ') : 'FAIL';
        return `  ${verdict}  ${what}: ${value}${limit ? ` (${limit})` : ''}`;
      });

/** One page that needs nothing but itself: each scenario's timeline and figures. */
export function reportOf(outcomes: readonly Outcome[]): string {
  const figures = outcomes.flatMap((outcome) => outcome.figures);
  const failed = figures.filter(({ holds }) => !holds).length;
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Keepsake: the rehearsal</title><style>${STYLE}</style>
<h1>Keepsake: the rehearsal</h1>
<p>${new Date().toISOString()} · ${figures.length - failed} figures hold, <span class="${failed ? 'fail' : 'ok'}">${failed} do not</span></p>
<p class="legend"><span><svg viewBox="0 0 12 12" style="width:12px"><rect class="requests" width="12" height="12"/></svg> requests/s</span>
<span><svg viewBox="0 0 12 12" style="width:12px"><path class="p99" d="M0 6H12"/></svg> p99 in ms</span>
<span><svg viewBox="0 0 12 12" style="width:12px"><rect class="failures" width="12" height="12"/></svg> failed requests</span></p>
${outcomes.map(section).join('\n')}
</html>
`;
}

function section({ scenario, timeline, figures, skipped }: Outcome): string {
  const rows = figures.map(({ what, value, limit = '', holds }) => {
    const verdict =
      limit || !holds ? `<td class="${holds ? 'ok' : 'fail'}">${holds ? 'ok' : 'FAIL'}` : '<td>';
    return `<tr>${verdict}<td>${escaped(what)}<td>${escaped(value)}<td>${escaped(limit)}`;
  });
  return `<section><h2>${scenario.name} <small>${escaped(scenario.title)}</small></h2>
${skipped ? `<p>Skipped: ${escaped(skipped)}</p>` : ''}${skipped ? '' : chart(timeline)}
<table>${rows.join('\n')}</table></section>`;
}
