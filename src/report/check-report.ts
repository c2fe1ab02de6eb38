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
  readonly unresolved: readonly UnresolvedImport[];
  readonly cycles: readonly Cycle[];
  readonly problems: readonly Problem[];
}

/** `data` of `check`. */
export function checkData({ modules, failing, unresolved, cycles }: Checked, nameOf: (path: string) => string) {
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
    unresolved: unresolved.map(({ path, line, name, when, reason }) => ({ path, line, name, when, reason })),
    cycles: cycles.map(({ kind, paths }) => ({ kind, modules: paths.map(nameOf), paths })),
  };
}

/** The problems, then the verdict in a few lines. */
export function checkText({ modules, failing, problems, cycles }: Checked, style: Style): string {
  const failed = failing.reduce((sum, each) => sum + each.modules.length, 0);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const early = cycles.filter(({ kind }) => kind === 'import-time').length;
  const first =
    failed === 0
      ? `${mark('tick', style)} ${counted(modules, 'module')} can be imported, each first in a fresh interpreter`
      : `${mark('cross', style)} ${grouped(failed)} of ${counted(modules, 'module')} cannot be imported`;
  const second = `${grouped(errors)} ${errors === 1 ? 'error' : 'errors'}, ${counted(problems.length - errors, 'warning')}`;
  const third = `${counted(early, 'cycle')} at import time, ${grouped(cycles.length - early)} closed only by lazy or typing imports`;
  const next = cycles.length > 0 ? [`${style.dim('next:')} ${style.cyan('regraft graph --cycles')}`] : [];
  const said = problems.length > 0 ? `${problemsText(problems, style)}\n` : '';
  return `${said}${[first, `  ${second}`, `  ${third}`, ...next].join('\n')}\n`;
}
