/** Code that reads `__all__` of the modules: afterwards it reads that of the merged one. */
import type { PythonUnit } from '../../src/core/codebase.js';
import type { NameUse } from '../../src/core/facts.js';
import type { Linker } from '../../src/core/linker.js';
import type { Problem, Span } from '../../src/core/model.js';
import { problem } from '../../src/core/problems.js';
import { bindingsOf } from '../../src/core/scopes.js';
import type { Exports } from './exports.js';

const LIST = '__all__';
const TEST = /(?:^|\/)(?:tests?\/|test_[^/]*\.py$|[^/]*_test\.py$|conftest\.py$)/;

/** A place that reads a list; of which module, or `null` where that cannot be told. */
interface Reading {
  readonly span: Span;
  readonly path: string | null;
}

export function listReaders(linker: Linker, { listed, before }: Exports): Problem[] {
  if (listed === null) return [];
  const { codebase } = linker;
  const isAll = (names: readonly string[]) => listed.every((name) => names.includes(name));
  const isKept = [...before.values()].every(isAll);
  return codebase.pythonFiles().flatMap(({ path }) => {
    const unit = codebase.spells(path, [LIST]) ? codebase.unitOrNone(path) : undefined;
    const readings = unit ? readingsIn(linker, unit).filter((each) => each.path === null || before.has(each.path)) : [];
    // Who reads the lists of all of them gets what it got, in another order.
    const gets = isAll(readings.flatMap((each) => before.get(each.path ?? '') ?? []));
    const wrong = readings.filter((each) => (each.path === null ? !isKept && !TEST.test(path) : !gets));
    return wrong.map(({ span }) =>
      problem('exports-by-value', '__all__ is read here, and would be that of all the modules', {
        place: { path, ...codebase.place(path, (unit as PythonUnit).toFile(span.start)) },
        hint: 'write the names out here first',
      }),
    );
  });
}

function readingsIn(linker: Linker, unit: PythonUnit): Reading[] {
  const imported = unit.facts.imports.flatMap(({ kind, level, module, names }) =>
    kind === 'from'
      ? names
          .filter(({ name }) => name === LIST)
          .map(({ nameSpan }) => ({ span: nameSpan, path: linker.module(unit.path, level, module).found?.path ?? '' }))
      : [],
  );
  return [...imported, ...unit.facts.uses.flatMap((use) => readingBy(linker, unit, use))];
}

function readingBy(linker: Linker, unit: PythonUnit, use: NameUse): Reading[] {
  const { scope, bindings } = bindingsOf(unit.facts, use.scope, use.name);
  // The module's own list, used by a function of it; what stands at its top is part of the list.
  if (use.name === LIST) return use.scope > 0 && scope === 0 ? [{ span: use.span, path: unit.path }] : [];
  const at = use.attributes.findIndex(({ name }) => name === LIST);
  if (at === -1 || /^(?:self|cls)$/.test(use.name)) return [];
  const name = bindings.find((binding) => binding.imported)?.imported;
  const statement = name && unit.facts.imports[name.statement];
  if (scope > 0 && !statement) return [{ span: use.span, path: null }];
  const start = statement ? linker.imported(unit.path, statement, name.name) : linker.lookup(unit.path, use.name);
  const { value, used } = linker.follow(
    start,
    use.attributes.slice(0, at).map((each) => each.name),
  );
  return value.kind === 'module' && used === at ? [{ span: use.span, path: value.found.path }] : [];
}
