/** In which order the modules' code follows one another: what importing one needs of another must stand before it. */
import type { Linker } from '../../src/core/linker.js';
import type { Problem } from '../../src/core/model.js';
import { problem } from '../../src/core/problems.js';
import { bindingsOf } from '../../src/core/scopes.js';
import { insideImports, isDeferred, type Source } from './model.js';

/** The sources in an order that runs, as near to the given one as it can be; a problem where there is none. */
export function orderOf(linker: Linker, sources: readonly Source[]): readonly Source[] | Problem {
  const needs = new Map(sources.map((source) => [source.path, needsOf(linker, sources, source)]));
  const both = (path: string) => [...(needs.get(path)?.must ?? []), ...(needs.get(path)?.should ?? [])];
  const must = (path: string) => needs.get(path)?.must ?? [];
  const order = sorted(sources, both) ?? sorted(sources, must);
  if (order) return order;
  const [first] = sources.filter(({ path }) => must(path).length > 0);
  const others = first ? must(first.path).join(', ') : '';
  const message = `importing ${first?.path} needs ${others}, and importing that needs it: no order of their code runs`;
  return problem('merge-cycle', message, {
    place: first?.path ?? '',
    hint: 'move what both need into a module of its own first',
  });
}

interface Needs {
  /** Their names are used when the module is imported. */
  readonly must: readonly string[];
  /** They are imported at once. */
  readonly should: readonly string[];
}

function needsOf(linker: Linker, sources: readonly Source[], { path, unit }: Source): Needs {
  const isSource = (each: string) => sources.some((source) => source.path === each);
  const inside = insideImports(linker, unit, isSource).filter((each) => each.inside.path !== path);
  const should = inside.filter(({ statement }) => statement.scope === 0 && statement.when !== 'typing');
  const uses = unit.facts.uses.filter(({ scope, quoted }) => !quoted && !isDeferred(unit, scope));
  const must = inside.filter(({ statement, name, inside: { kind } }) => {
    if (statement.when === 'typing') return false;
    if (name === null || kind === 'star') return statement.scope === 0;
    const local = name.alias ?? (statement.kind === 'import' ? name.name.split('.')[0] : name.name);
    return uses.some(
      (use) => use.name === local && bindingsOf(unit.facts, use.scope, use.name).scope === statement.scope,
    );
  });
  const paths = (list: typeof inside) => [...new Set(list.map((each) => each.inside.path))];
  return { must: paths(must), should: paths(should) };
}

function sorted(sources: readonly Source[], needs: (path: string) => readonly string[]): Source[] | null {
  const open = [...sources];
  const done: Source[] = [];
  while (open.length > 0) {
    const index = open.findIndex(({ path }) => !needs(path).some((other) => open.some((each) => each.path === other)));
    if (index === -1) return null;
    done.push(...open.splice(index, 1));
  }
  return done;
}
