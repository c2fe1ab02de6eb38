/** Problems as lines that GitHub's runners turn into annotations of the changed files ("Workflow commands for GitHub Actions"). */
import type { Problem, Severity } from '../core/model.js';
import { inert } from './inert.js';

const LEVEL: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

export function annotations(problems: readonly Problem[]): string {
  return problems.map((each) => `${annotation(each)}\n`).join('');
}

function annotation({ severity, path, line, column, code, message, hint }: Problem): string {
  const about = [
    ...(path === null ? [] : [`file=${property(path)}`]),
    ...(line === null ? [] : [`line=${line}`]),
    ...(column === null ? [] : [`col=${column}`]),
    `title=${property(`regraft ${code}`)}`,
  ];
  return `::${LEVEL[severity]} ${about.join(',')}::${data(hint === null ? message : `${message}\nhint: ${hint}`)}`;
}

/** A line end in a message would begin another command. */
function data(text: string): string {
  const lines = text.split('\n').map(inert).join('\n');
  return lines.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
