/**
 * `from __future__ import annotations` holds for a whole file: the annotations of a module that lacks it would become text.
 * Nobody notices unless something reads them when the program runs.
 */
import type { PythonUnit } from '../../src/core/codebase.js';
import type { Linker } from '../../src/core/linker.js';
import type { Problem } from '../../src/core/model.js';
import { problem } from '../../src/core/problems.js';
import { bindingsOf } from '../../src/core/scopes.js';
import type { Source } from './model.js';

export interface Future {
  /** Features that the first module lacks. */
  readonly wanted: readonly string[];
  readonly problems: readonly Problem[];
}

/** What reads annotations wherever they stand. */
const READERS = ['get_type_hints', 'get_annotations', '__annotations__'];
/** What reads those of the module that uses it. */
const OWN_READERS =
  /\b(?:pydantic|fastapi|typer|strawberry|msgspec|cattrs?|singledispatch(?:method)?|InitVar|BaseModel|signature\(|attrs?\.(?:define|s|attrs|frozen|mutable)\b)/;

export function futureOf(linker: Linker, sources: readonly Source[]): Future {
  const features = new Map(sources.map((source) => [source.path, featuresOf(source)]));
  const all = [...new Set([...features.values()].flat())];
  const isPostponed = ({ path }: Source) => features.get(path)?.includes('annotations') === true;
  const postponed = sources.find(isPostponed);
  const evaluated = sources.filter((source) => postponed && !isPostponed(source) && isAnnotated(source));
  const reader = evaluated.length > 0 ? readerIn(linker, evaluated) : null;
  const own = features.get(sources[0]?.path ?? '') ?? [];
  return {
    wanted: all.filter((feature) => !own.includes(feature)),
    problems: evaluated.map((source) => annotated(source, postponed?.path ?? '', reader)),
  };
}

function featuresOf({ unit }: Source): string[] {
  const statements = unit.facts.imports.filter(({ module }) => module === '__future__');
  return statements.flatMap(({ names }) => names.map(({ name }) => name));
}

function annotated(source: Source, postponed: string, reader: string | null): Problem {
  const { path } = source;
  const own = OWN_READERS.exec(codeOf(source))?.[0];
  const message = `annotations of ${path} are values and would become text, since ${postponed} postpones its own`;
  if (own === undefined && reader === null) return problem('future-import', message, { place: path, severity: 'info' });
  const why =
    own === undefined ? `${reader} reads annotations` : `it uses ${own.replace(/\W+$/, '')}, which reads them`;
  const hint = `add "from __future__ import annotations" to ${path} first`;
  return problem('future-import', `${message}; ${why}`, { place: path, hint });
}

function readerIn(linker: Linker, evaluated: readonly Source[]): string | null {
  const { codebase } = linker;
  const isReader = ({ path }: { path: string }) => {
    const unit = codebase.spells(path, READERS) ? codebase.unitOrNone(path) : undefined;
    if (!unit) return codebase.spells(path, READERS);
    const read = unit.text.match(/\b(?:get_type_hints|get_annotations|__annotations__)\b/g)?.length ?? 0;
    return read > readsOfOthers(linker, unit, evaluated);
  };
  return codebase.pythonFiles().find(isReader)?.path ?? null;
}

/** How often `Class.__annotations__` asks for those of a class that stands elsewhere. */
function readsOfOthers(linker: Linker, unit: PythonUnit, evaluated: readonly Source[]): number {
  return unit.facts.uses.filter((use) => {
    const at = use.attributes.findIndex(({ name }) => name === '__annotations__');
    const names = use.attributes.slice(0, at).map(({ name }) => name);
    if (at === -1 || bindingsOf(unit.facts, use.scope, use.name).scope > 0) return false;
    const { value, used } = linker.follow(linker.lookup(unit.path, use.name), names);
    return value.kind === 'object' && used === at && !evaluated.some(({ path }) => path === value.path);
  }).length;
}

/** Rather too often than too seldom: what looks like an annotation. */
function isAnnotated(source: Source): boolean {
  const code = codeOf(source)
    .replace(/\blambda\b[^:\n]*:/g, '')
    .replace(/^[ \t]*(?:else|try|finally)\s*:/gm, '');
  return /->|\bdef\s+\w+\s*\([^)]*?\w\s*:|^[ \t]*[A-Za-z_]\w*\s*:\s*[A-Za-z_"'[(]/m.test(code);
}

/** The text without comments and strings. */
function codeOf({ unit: { text, facts } }: Source): string {
  const inert = [...facts.comments, ...facts.strings.map(({ span }) => span)].sort((a, b) => a.start - b.start);
  let code = '';
  let at = 0;
  for (const { start, end } of inert) {
    if (start < at) continue;
    code += text.slice(at, start);
    at = end;
  }
  return code + text.slice(at);
}
