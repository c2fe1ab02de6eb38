/** Packages around the modules that set their own names by value: which of their imports run cannot be told, nor in which order. */
import type { Codebase } from '../../src/core/codebase.js';
import type { Problem } from '../../src/core/model.js';
import { directoryOf } from '../../src/core/paths.js';
import { problem } from '../../src/core/problems.js';

/** `globals()["DE" + "BUG"] = False`, which a test of DEBUG may follow. */
const SET = /^[ \t]*(?:globals|locals|vars)\(\)\s*\[.*\]\s*=(?!=)/m;

export function parentProblems(codebase: Codebase, paths: readonly string[]): Problem[] {
  const inits = new Set<string>();
  for (const path of paths)
    for (let here = directoryOf(path); here !== ''; here = directoryOf(here)) inits.add(`${here}/__init__.py`);
  return [...inits].sort().flatMap((path) => {
    const unit = codebase.layout.has(path) ? codebase.unitOrNone(path) : undefined;
    const found = unit && SET.exec(unit.text);
    if (!unit || !found) return [];
    const place = { path, ...codebase.place(path, unit.toFile(found.index)) };
    const message = 'a name is set by value here, so that what importing the package runs cannot be told';
    return [problem('namespace-by-value', message, { place, hint: 'write the name out first' })];
  });
}
