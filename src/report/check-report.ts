/** What `check` found, as JSON and on a terminal. */
import type { UnresolvedImport } from '../core/edges.js';
import type { Cycle } from '../core/graph.js';
import type { Unimportable } from '../core/import-order/unimportable.js';
import type { Problem } from '../core/model.js';
import { problemsText } from './problems-text.js';
import { mark, type Style } from './style.js';
import { counted, grouped } from './words.js';

export interface Checked {
  /** How many modules were imported, in the simulation. */
  readonly modules: number;
  readonly failing: readonly Unimportable[];
  /** Modules of which nothing can be said, among the problems as well. */
  readonly unread: readonly Problem[];
  readonly unresolved: readonly UnresolvedImport[];
  readonly cycles: readonly Cycle[];
  readonly problems: readonly Problem[];
}

/** `data` of `check`. */
export function checkData({ modules, failing, unread, unresolved, cycles }: Checked, nameOf: (path: string) => string) {
  return {
    modules,
    unimportable: failing.flatMap(({ failure, modules: among }) =>
      among.map(({ path, chain }) => ({
        module: nameOf(path),
        path,
        exception: failure.exception,
        message: failure.message,
        chain: chain.map((link) => ({ path: link.path, line: link.line })),
      })),
    ),
    unknown: unread.map(({ path, line, message }) => ({ path, line, reason: message })),
    unresolved: unresolved.map(({ path, line, name, when, reason }) => ({ path, line, name, when, reason })),
    cycles: cycles.map(({ kind, paths }) => ({ kind, modules: paths.map(nameOf), paths })),
  };
}

/** The problems, then the verdict in a few lines. */
export function checkText(checked: Checked, style: Style): string {
  const { problems, cycles } = checked;
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const early = cycles.filter(({ kind }) => kind === 'import-time').length;
  const second = `${grouped(errors)} ${errors === 1 ? 'error' : 'errors'}, ${counted(problems.length - errors, 'warning')}`;
  const third = `${counted(early, 'cycle')} at import time, ${grouped(cycles.length - early)} closed only by lazy or typing imports`;
  const next = cycles.length > 0 ? [`${style.dim('next:')} ${style.cyan('regraft graph --cycles')}`] : [];
  const said = problems.length > 0 ? `${problemsText(problems, style)}\n` : '';
  return `${said}${[verdict(checked, style), `  ${second}`, `  ${third}`, ...next].join('\n')}\n`;
}

function verdict({ modules, failing, unread }: Checked, style: Style): string {
  const failed = failing.reduce((sum, each) => sum + each.modules.length, 0);
  const unknown = unread.length > 0 ? `; of ${grouped(unread.length)} it is not known` : '';
  if (failed > 0)
    return `${mark('cross', style)} ${grouped(failed)} of ${counted(modules, 'module')} cannot be imported${unknown}`;
  const sign = unread.length > 0 ? mark('ask', style) : mark('tick', style);
  return `${sign} ${counted(modules - unread.length, 'module')} can be imported, each first in a fresh interpreter${unknown}`;
}
