/**
 * A module that code names in a string hands out its names to who knows what: an import function, generated code, a framework
 * that looks for names of its own. Where one of them is called otherwise afterwards, another module's would be taken instead.
 */
import type { PythonUnit } from '../../src/core/codebase.js';
import { dynamicTargets } from '../../src/core/dynamic.js';
import type { Linker } from '../../src/core/linker.js';
import type { Problem, Span } from '../../src/core/model.js';
import { moduleBase } from '../../src/core/paths.js';
import { problem } from '../../src/core/problems.js';
import { bindingsOf } from '../../src/core/scopes.js';
import type { ModuleUsage } from '../../src/core/usages.js';
import { type MergedNames, ownNames, type Source } from './model.js';

/** A name that is called otherwise afterwards. */
interface Renamed {
  readonly name: string;
  readonly to: string;
}

const LOGGER = /(?:^|\.)(?:get_?[lL]ogger|getChild|assertLogs|assertNoLogs|at_level|set_level)$/;

export function renamedByValue(
  linker: Linker,
  sources: readonly Source[],
  usages: readonly ModuleUsage[],
  names: MergedNames,
): Problem[] {
  const isSource = (path: string) => sources.some((each) => each.path === path);
  return sources.flatMap((source) => {
    const renamed = renamedIn(source, names);
    if (renamed.length === 0) return [];
    const spans = new Map<string, Span[]>();
    const add = (path: string, span: Span) => spans.set(path, [...(spans.get(path) ?? []), span]);
    for (const { path, span } of mentionsOf(usages, source.path)) if (isValue(linker, path, span)) add(path, span);
    for (const { path } of linker.codebase.pythonFiles()) {
      const mayName = !isSource(path) && linker.codebase.spells(path, [moduleBase(source.path)]);
      const unit = mayName ? linker.codebase.unitOrNone(path) : undefined;
      if (!unit) continue;
      const isAtRisk = (span: Span) => takesAny(unit, span, renamed);
      const values = valueUses(linker, unit, source.path).filter(isAtRisk);
      for (const span of [...importFunctions(linker, unit, source.path), ...values]) add(path, span);
    }
    return [...spans].flatMap(([path, own]) => asked(linker, source.path, path, own, renamed));
  });
}

function renamedIn({ path, unit }: Source, names: MergedNames): Renamed[] {
  const imported = unit.facts.scopes[0]?.bindings.filter((binding) => binding.imported).map(({ name }) => name);
  return ownNames(unit, [])
    .filter((name) => !imported?.includes(name) && !/^__/.test(name))
    .map((name) => ({ name, to: names.of(path, name) }))
    .filter(({ name, to }) => name !== to);
}

function mentionsOf(usages: readonly ModuleUsage[], path: string): { path: string; span: Span }[] {
  const own = usages.filter(({ target }) => target.path === path).flatMap((each) => each.usages);
  return own.flatMap(({ source }) => ('mention' in source && source.mention.form === 'dotted' ? [source.mention] : []));
}

/** The module as a whole, in a string that is neither text for people nor the name of a logger. */
function isValue({ codebase }: Linker, path: string, span: Span): boolean {
  const unit = /\.py$/.test(path) ? codebase.unitOrNone(path) : undefined;
  const literal = unit?.facts.strings.find((each) => each.span.start <= span.start && span.end <= each.span.end);
  if (!unit || literal?.role !== 'other' || LOGGER.test(literal.callee ?? '')) return false;
  return !/^(?:[.:]|[ \t]+import[ \t]+\(?[ \t]*)\w/.test(unit.text.slice(span.end, literal.span.end));
}

function importFunctions(linker: Linker, unit: PythonUnit, target: string): Span[] {
  return unit.facts.dynamics.flatMap((dynamic) => {
    if (dynamic.name.kind !== 'literal' || !dynamic.name.span) return [];
    const [found] = dynamicTargets(linker, unit, dynamic);
    return found?.resolution.found?.path === target ? [dynamic.name.span] : [];
  });
}

/** `patch.object(module, "name")`: the module itself, handed to something else. */
function valueUses(linker: Linker, unit: PythonUnit, target: string): Span[] {
  return unit.facts.uses
    .filter((use) => {
      const { scope, bindings } = bindingsOf(unit.facts, use.scope, use.name);
      const imported = bindings.find((binding) => binding.imported)?.imported;
      const statement = imported && unit.facts.imports[imported.statement];
      if (use.quoted || (scope > 0 && !statement)) return false;
      const start = statement
        ? linker.imported(unit.path, statement, imported.name)
        : linker.lookup(unit.path, use.name);
      const { value, used } = linker.follow(
        start,
        use.attributes.map(({ name }) => name),
      );
      return value.kind === 'module' && value.found.path === target && used === use.attributes.length;
    })
    .map(({ span }) => span);
}

/** What is done with the module may take a name that changes: any, where the place does not spell which. */
function takesAny({ text }: PythonUnit, { end, start }: Span, renamed: readonly Renamed[]): boolean {
  const before = text.slice(Math.max(0, start - 40), start);
  if (/\breload\(\s*(?:\w+\.)*$/.test(before)) return false;
  const taken = /\b(?:[gs]etattr|delattr|hasattr|object)\(\s*$/.test(before)
    ? /^(?:\.\w+)*\s*,\s*["'](\w+)["']/.exec(text.slice(end, end + 200))?.[1]
    : undefined;
  return taken === undefined || renamed.some(({ name }) => name === taken);
}

/** A private name is nobody's but that of who spells it. */
function asked(
  linker: Linker,
  module: string,
  path: string,
  spans: readonly Span[],
  renamed: readonly Renamed[],
): Problem[] {
  const unit = linker.codebase.unitOrNone(path) as PythonUnit;
  const spelled = new Set(unit.text.match(/\w+/g));
  const found =
    renamed.find(({ name }) => spelled.has(name)) ??
    renamed.find(({ name }) => !name.startsWith('_') && name.length > 1);
  if (!found) return [];
  const message = `${module} is named by value here, and '${found.name}' of it would be '${found.to}'`;
  const hint = 'give the name of the other module another one with --rename, or import by name first';
  const places = spans.map(({ start }) => linker.codebase.place(path, unit.toFile(start)));
  const byLine = new Map(
    places.sort((a, b) => b.line - a.line || b.column - a.column).map((each) => [each.line, each]),
  );
  return [...byLine.values()]
    .reverse()
    .map((each) => problem('renamed-by-value', message, { place: { path, ...each }, hint }));
}
