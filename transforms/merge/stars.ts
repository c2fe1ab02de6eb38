/** Star imports of the modules: what they give, they would give to all. */
import { Meanings } from '../../src/core/bound-code/meanings.js';
import type { ImportStatement } from '../../src/core/facts.js';
import type { Linker } from '../../src/core/linker.js';
import type { Problem } from '../../src/core/model.js';
import { problem } from '../../src/core/problems.js';
import { bindingsOf } from '../../src/core/scopes.js';
import { insideImports, type MergedNames, type Source } from './model.js';

export function starProblems(linker: Linker, sources: readonly Source[], into: string, names: MergedNames): Problem[] {
  const isSource = (path: string) => sources.some((source) => source.path === path);
  const meanings = new Meanings(linker, (path) => (isSource(path) ? into : path), names.of);
  return sources.flatMap((source) => {
    const inside = new Set(insideImports(linker, source.unit, isSource).map(({ statement }) => statement));
    const stars = source.unit.facts.imports.filter((each) => each.kind === 'star' && each.scope === 0);
    return stars
      .filter((star) => !inside.has(star))
      .flatMap((star) => starProblem(linker, sources, source, star, meanings));
  });
}

function starProblem(
  linker: Linker,
  sources: readonly Source[],
  { path, unit }: Source,
  star: ImportStatement,
  meanings: Meanings,
): Problem[] {
  const place = { path, line: star.line, column: 1 };
  const { found } = linker.module(path, star.level, star.module);
  const given = found && found.kind !== 'namespace' ? linker.starNames(found.path) : null;
  const hint = 'import the names that are used, one by one, first';
  if (given === null) {
    const message = 'what this star import gives cannot be told, and it would be given to the other modules as well';
    return [problem('star-import', message, { place, hint })];
  }
  const others = sources.filter((other) => other.path !== unit.path);
  for (const name of given)
    for (const other of others) {
      if (!concerns(other, name) && !linkerGives(linker, other, name)) continue;
      if (meanings.of(path, name) === meanings.of(other.path, name)) continue;
      return [
        problem('star-import', `this star import gives '${name}', which is something else in ${other.path}`, {
          place,
          hint,
        }),
      ];
    }
  return [];
}

/** The module binds the name, or takes it from outside. */
function concerns({ unit: { facts } }: Source, name: string): boolean {
  const isBound = facts.scopes[0]?.bindings.some((binding) => binding.name === name);
  return isBound || facts.uses.some((use) => use.name === name && bindingsOf(facts, use.scope, name).scope <= 0);
}

function linkerGives(linker: Linker, { path }: Source, name: string): boolean {
  const { kind } = linker.lookup(path, name);
  return kind !== 'missing' && kind !== 'unknown';
}
