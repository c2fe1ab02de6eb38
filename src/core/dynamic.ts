/** What an import by value can reach: exactly, by a known beginning or end, or anything. */
import type { PythonUnit } from './codebase.js';
import type { DynamicImport } from './facts.js';
import type { Resolution } from './layout.js';
import type { Linker } from './linker.js';
import { baseOf, directoryOf, isInside, isPackageInit } from './paths.js';
import type { SkimmedDynamic } from './skim.js';

export interface DynamicTarget {
  readonly resolution: Resolution;
  readonly dotted: string;
}

/** The names that `{__name__}` and `{__package__}` stand for in a file, for each of its dotted names. */
function ownNames(linker: Linker, path: string): { name: string; package: string }[] {
  return linker.codebase.layout.namesOf(path).map((name) => ({
    name,
    package: isPackageInit(path) ? name : name.split('.').slice(0, -1).join('.'),
  }));
}

/** Fills in what a file calls itself; several results where it has several names. */
function filled(linker: Linker, path: string, text: string): string[] {
  if (!text.includes('{__')) return [text];
  const own = ownNames(linker, path);
  return [...new Set(own.map((o) => text.replaceAll('{__name__}', o.name).replaceAll('{__package__}', o.package)))];
}

/** Turns `.rest` into an absolute name by the anchor package; `null` when the anchor is not known. */
function absolute(linker: Linker, path: string, dotted: string, anchor: DynamicImport['anchor']): string[] | null {
  const level = /^\.*/.exec(dotted)?.[0].length ?? 0;
  if (level === 0) return filled(linker, path, dotted);
  const packages =
    anchor?.kind === 'literal'
      ? filled(linker, path, anchor.value)
      : anchor?.kind === 'own'
        ? ownNames(linker, path).map((own) => own.package)
        : null;
  return (
    packages?.map((name) => {
      const parts = name.split('.');
      const rest = dotted.slice(level);
      // A prefix of dots alone still ends in one: `pkg.`, not everything that begins with `pkg`.
      const home = parts.slice(0, parts.length - (level - 1)).join('.');
      return home === '' ? rest : `${home}.${rest}`;
    }) ?? null
  );
}

/**
 * Modules that a dynamic import certainly or likely names: a literal's module; for a known beginning or end, the modules
 * that it completes to with the strings written in the same file.
 */
export function dynamicTargets(linker: Linker, unit: PythonUnit, dynamic: SkimmedDynamic): DynamicTarget[] {
  const { name } = dynamic;
  if (dynamic.form === 'exec' || dynamic.form === 'module-getattr' || name.kind === 'open') {
    return name.kind === 'open' && dynamic.form !== 'exec' ? fromStrings(linker, unit, dynamic, ['']) : [];
  }
  if (name.kind === 'partial') return fromStrings(linker, unit, dynamic, [name.prefix], name.suffix);
  const values = name.kind === 'choices' ? name.values : [name.value];
  const dotted = values.flatMap(
    (value) => absolute(linker, unit.path, value.split(':')[0] as string, dynamic.anchor) ?? [],
  );
  return resolveAll(linker, unit.path, dotted, dynamic.form === 'resolve_name');
}

function fromStrings(
  linker: Linker,
  unit: PythonUnit,
  dynamic: SkimmedDynamic,
  prefixes: readonly string[],
  suffix = '',
): DynamicTarget[] {
  const dotted = prefixes.flatMap((prefix) =>
    unit.skim.words.flatMap((word) => absolute(linker, unit.path, `${prefix}${word}${suffix}`, dynamic.anchor) ?? []),
  );
  return resolveAll(linker, unit.path, dotted, false);
}

function resolveAll(linker: Linker, importer: string, names: readonly string[], attributes: boolean): DynamicTarget[] {
  const targets: DynamicTarget[] = [];
  for (const dotted of names) {
    if (!linker.codebase.layout.isKnownName(dotted.split('.', 1)[0] as string)) continue;
    for (let here = dotted.replace(/\.$/, ''); here; here = attributes ? here.split('.').slice(0, -1).join('.') : '') {
      const resolution = linker.module(importer, 0, here);
      if (!resolution.found || resolution.guessed) continue;
      targets.push({ resolution, dotted: here });
      break;
    }
  }
  return [...new Map(targets.map((target) => [target.resolution.found?.path, target])).values()];
}

export type Reach = 'no' | 'by-choice' | 'by-prefix' | 'by-scan' | 'open';

/**
 * Whether a dynamic import whose name is not fully known could reach a module with these dotted names. What follows a dot in
 * its end is a module inside the one before it, which is then a package; only where attributes are looked up it may be one.
 */
export function reach(
  linker: Linker,
  unit: PythonUnit,
  dynamic: DynamicImport,
  target: { path: string; names: readonly string[] },
): Reach {
  const { name } = dynamic;
  if (dynamic.form === 'module-getattr' || name.kind === 'literal') return 'no';
  if (name.kind === 'choices') {
    const named = dynamicTargets(linker, unit, dynamic).some(
      ({ resolution }) => resolution.found?.path === target.path,
    );
    return named ? 'by-choice' : 'no';
  }
  if (dynamic.form === 'scan' && name.kind === 'open') return scans(unit, dynamic, target.path) ? 'by-scan' : 'open';
  if (name.kind === 'open') return 'open';
  const prefixes = absolute(linker, unit.path, name.prefix, dynamic.anchor);
  if (!prefixes) return 'open';
  const goesOn = dynamic.form === 'resolve_name' || isPackageInit(target.path);
  const ends = (dotted: string) => dotted.endsWith(name.suffix) || (goesOn && /[.:]/.test(name.suffix));
  const fits = target.names.some((dotted) => ends(dotted) && prefixes.some((prefix) => dotted.startsWith(prefix)));
  return fits ? 'by-prefix' : 'no';
}

/**
 * A directory scan that starts from `__file__` or `__path__` finds modules of the scanning file's own directory, and below
 * it unless that is the repository's top; any scan finds those of a directory that a string of the file names, sentences
 * aside. A scan of a directory that the caller names is like a name that the caller gives: see the rule for open imports.
 */
function scans(unit: PythonUnit, dynamic: DynamicImport, target: string): boolean {
  const own = directoryOf(unit.path);
  const home = isPackageInit(target) ? directoryOf(directoryOf(target)) : directoryOf(target);
  if (startsAtHome(unit, dynamic) && (own === '' ? home === '' : isInside(target, own))) return true;
  if (home === '') return false;
  const named = new RegExp(`(?:^|[\\W])${escapeRegExp(baseOf(home))}(?:$|[\\W])`);
  return unit.facts.strings.some(({ role, span }) => {
    const value = unit.text.slice(span.start, span.end);
    return role === 'other' && named.test(value) && (!SENTENCE.test(value) || /\s/.test(home));
  });
}

/** Three words at least, and no pattern. */
const SENTENCE = /^[^*]*[^\s*]\s+[^\s*]+\s+[^*]+$/;

const OWN_PLACE = /(?<!["'])\b__(?:file|path)__\b(?!["'])/;

/** The scanning function, or a module-level name that it uses, is made from the file's own place. */
function startsAtHome(unit: PythonUnit, dynamic: DynamicImport): boolean {
  const { scopes, uses } = unit.facts;
  let scope = scopes[dynamic.scope];
  while (scope && /^(?:comprehension|lambda)$/.test(scope.kind)) scope = scopes[scope.parent];
  if (!scope || scope.kind === 'module') return OWN_PLACE.test(unit.text);
  const { start, end } = scope.span;
  if (OWN_PLACE.test(unit.text.slice(start, end))) return true;
  const used = new Set(uses.filter(({ span }) => span.start >= start && span.end <= end).map(({ name }) => name));
  const atTop = (scopes[0]?.bindings ?? []).filter(({ name, kind }) => kind === 'assignment' && used.has(name));
  return atTop.some(({ span }) => OWN_PLACE.test(statementText(unit.text, span.start)));
}

/** The rest of a logical line, roughly: up to the next line that starts at the margin. */
function statementText(text: string, start: number): string {
  const rest = text.slice(start, start + 2000);
  const end = rest.search(/\n(?=[^\s)\]}])/);
  return end === -1 ? rest : rest.slice(0, end);
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
