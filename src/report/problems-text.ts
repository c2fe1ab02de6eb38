/** Problems as people read them: `error[CODE]: what`, the place, the next command. */
import type { Problem } from '../core/model.js';
import { inert } from './inert.js';
import type { Style } from './style.js';
import { wrapped } from './words.js';

/** All problems, a blank line between two; empty when there are none. */
export function problemsText(problems: readonly Problem[], style: Style): string {
  return problems.map((problem) => `${problemLines(problem, style).join('\n')}\n`).join('\n');
}

/** One problem, each line behind `indent`. */
export function problemLines(problem: Problem, style: Style, indent = ''): string[] {
  const { severity, code, message, hint } = problem;
  const paint = severity === 'error' ? style.red : severity === 'warning' ? style.yellow : style.cyan;
  const head = `${severity}[${inert(code)}]`;
  const [first = '', ...rest] = wrapped(`${head}: ${inert(message)}`, style.width, `${indent}  `, indent);
  const place = placeOf(problem);
  return [
    first.replace(head, (text) => style.bold(paint(text))),
    ...rest,
    ...(place ? [`${indent}  ${style.dim('-->')} ${place}`] : []),
    ...(hint ? hintLines(hint, style, indent) : []),
  ];
}

/** One line for each alternative; those with a command are not wrapped: it is there to be copied. */
function hintLines(hint: string, style: Style, indent: string): string[] {
  const [first = '', ...others] = inert(hint)
    .split('; ')
    .map((part) => (COMMAND.test(part) ? [part] : wrapped(part, style.width - indent.length - HINT.length, '')));
  const lines = [first, ...others].flat();
  return lines.map((line, index) => `${indent}${index === 0 ? HINT.replace('hint:', style.cyan) : BLANK}${line}`);
}

const HINT = '  hint: ';
const BLANK = ' '.repeat(HINT.length);
const COMMAND = /(?:^|[ :])(?:regraft|git) |(?:^| )--?\w/;

/** `path:line:column` as far as it is known. */
export function placeOf({ path, line, column }: Pick<Problem, 'path' | 'line' | 'column'>): string | null {
  return path === null ? null : [inert(path), line, column].filter((part) => part !== null).join(':');
}
