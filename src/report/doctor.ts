/** What `regraft doctor` found, as a table with what to do. */
import type { Finding } from '../core/diagnosis.js';
import { inert } from './inert.js';
import { mark, type Style } from './style.js';

export function doctorText(findings: readonly Finding[], style: Style): string {
  const width = Math.max(...findings.map(({ what }) => what.length));
  const lines = findings.flatMap(({ what, state, detail, hint }) => [
    `${signOf(state, style)} ${what.padEnd(width)}  ${inert(detail)}`,
    ...(hint === null ? [] : [`  ${' '.repeat(width)}  ${style.cyan(inert(hint))}`]),
  ]);
  const stops = findings.filter(({ state }) => state === 'stop').length;
  const cares = findings.filter(({ state }) => state === 'care').length;
  const verdict =
    stops > 0
      ? 'A run would be refused here.'
      : cares > 0
        ? 'A run would work; mind what is marked.'
        : 'All is well here.';
  return `${lines.join('\n')}\n\n${style.bold(verdict)}\n`;
}

function signOf(state: Finding['state'], style: Style): string {
  if (state === 'fine') return mark('tick', style);
  return state === 'stop' ? mark('cross', style) : style.yellow('!');
}
