/**
 * Several modules that became one: everything that they defined is there, does the same with the same things, in the order in
 * which it stood; every name of theirs means what it meant; every import leads where it led.
 */
import { canonicalText, Identifiers, shapesOf } from '../bound-code/canonical.js';
import { Meanings } from '../bound-code/meanings.js';
import type { PythonUnit } from '../codebase.js';
import { edgesOf } from '../edges.js';
import type { Linker } from '../linker.js';
import type { Problem } from '../model.js';
import type { Outline, OutlineSymbol } from '../outline.js';
import { directoryOf, isInside } from '../paths.js';
import { problem } from '../problems.js';
import { longestIncreasing } from '../similarity.js';
import { meaningsOf } from './word-meanings.js';

export interface MergedCheck {
  readonly before: Linker;
  readonly after: Linker;
  /** Paths of the modules before. */
  readonly sources: readonly string[];
  /** Path of the module afterwards. */
  readonly into: string;
  /** What a name that a module binds is called afterwards. */
  readonly named: (path: string, name: string) => string;
  /** Whether another module's definition stands for this one. */
  readonly isCopy: (path: string, name: string) => boolean;
  /** Names that a module takes from another one of them. */
  readonly isTaken: (path: string, name: string) => boolean;
  /** `path:line:column` of mentions that stay as they are. */
  readonly left: ReadonlySet<string>;
  readonly outline: (text: string) => Outline;
}

export function mergedProblems(check: MergedCheck): Problem[] {
  const unit = check.after.codebase.unitOrNone(check.into);
  if (!unit || unit.facts.syntaxErrors.length > 0)
    return [problem('check-syntax', 'the merged module would not parse', { place: check.into })];
  return new Merged(check, unit).problems();
}

interface Side {
  readonly path: string;
  /** The canonical text, which the outline refers to. */
  readonly text: string;
  readonly unit: PythonUnit;
  readonly outline: Outline;
  readonly meanings: Meanings;
}

class Merged {
  private readonly identifiers = new Identifiers();
  private readonly now: Side;
  private readonly olds: readonly Side[];

  constructor(
    private readonly check: MergedCheck,
    unit: PythonUnit,
  ) {
    const { before, after, sources, into, named } = check;
    const place = (path: string) => (sources.includes(path) ? into : path);
    const [old, now] = [new Meanings(before, place, named), new Meanings(after, same, (_, name) => name)];
    this.now = this.side(unit, now);
    this.olds = sources.flatMap((path) => {
      const own = before.codebase.unitOrNone(path);
      return own ? [this.side(own, old)] : [];
    });
  }

  private side(unit: PythonUnit, meanings: Meanings): Side {
    const text = canonicalText(unit, meanings, this.identifiers, (start, word) => this.isLeft(unit, start, word));
    return { path: unit.path, unit, meanings, text, outline: this.check.outline(text) };
  }

  /** What names something that stays where it is reads as it did; so does what a person or its kind decided to leave. */
  private isLeft(unit: PythonUnit, start: number, word: string): boolean {
    const { before, after, left, sources, into } = this.check;
    const isOld = before.codebase.unitOrNone(unit.path) === unit;
    const [meaning] = meaningsOf((isOld ? before : after).codebase.layout, unit.path, word);
    if (!meaning || (meaning.path !== into && !(isOld && sources.includes(meaning.path)))) return true;
    if (!isOld) return false;
    const { line, column } = before.codebase.place(unit.path, unit.toFile(start));
    return left.has(`${unit.path}:${line}:${column}`);
  }

  problems(): Problem[] {
    return [
      ...this.definitions(),
      ...this.olds.flatMap((old) => [...this.names(old), ...this.order(old)]),
      ...this.statements(),
      ...this.imports(),
    ];
  }

  /** What stands in for an import that fails is a definition as well: all of one name together must be the same. */
  private definitions(): Problem[] {
    const expected = new Map<string, { readonly old: Side; readonly name: string; readonly shapes: string[] }>();
    for (const old of this.olds) {
      for (const name of definedNames(old)) {
        if (name === '__all__' || this.check.isCopy(old.path, name)) continue;
        const id = this.identifiers.of(old.meanings.own(old.path, name));
        const known = expected.get(id) ?? { old, name, shapes: [] };
        known.shapes.push(...shapesOf(old.outline, id));
        expected.set(id, known);
      }
    }
    return [...expected].flatMap(([id, { old, name, shapes }]) => {
      const now = shapesOf(this.now.outline, id);
      if (shapes.sort().join() === now.sort().join()) return [];
      return [this.at(old, name, `'${name}' would be other code, or use other things, in ${this.check.into}`)];
    });
  }

  /** What a module binds is there for others. */
  private names(old: Side): Problem[] {
    const { into, named, isTaken } = this.check;
    const { imports, scopes } = old.unit.facts;
    const bindings = scopes[0]?.bindings ?? [];
    const own = bindings.filter(({ imported }) => !imported || imports[imported.statement]?.module !== '__future__');
    const names = new Set(own.map(({ name }) => name));
    return [...names].flatMap((name) => {
      if (name === '__all__' || isTaken(old.path, name)) return [];
      const now = named(old.path, name);
      if (old.meanings.of(old.path, name).split(' ')[0] === 'free') return [];
      if (old.meanings.of(old.path, name) === this.now.meanings.of(into, now)) return [];
      return [this.at(old, name, `'${name}' would mean something else in ${into}`)];
    });
  }

  private at(old: Side, name: string, message: string): Problem {
    const binding = old.unit.facts.scopes[0]?.bindings.find((each) => each.name === name);
    const place = this.check.before.codebase.place(old.path, old.unit.toFile(binding?.span.start ?? 0));
    return problem('check-binding', message, { place: { path: old.path, ...place } });
  }

  /** Statements that bind nothing run as often as before. */
  private statements(): Problem[] {
    const counts = new Map<string, number>();
    for (const old of this.olds)
      for (const each of old.outline.symbols) if (runs(old, each)) count(counts, key(each), 1);
    for (const each of this.now.outline.symbols) if (runs(this.now, each)) count(counts, key(each), -1);
    const isOff = [...counts.values()].some((number) => number !== 0);
    return isOff
      ? [problem('check-binding', 'the merged module would run other statements', { place: this.check.into })]
      : [];
  }

  /** What stood above something else still does. */
  private order(old: Side): Problem[] {
    const places = new Map<string, number>();
    for (const [index, each] of this.now.outline.symbols.entries())
      if (isOrdered(this.now, each) && !places.has(key(each))) places.set(key(each), index);
    const own = old.outline.symbols.filter(
      (each) => isOrdered(old, each) && places.has(key(each)) && !this.isCopied(old, each),
    );
    const unlike = [...new Map(own.map((each) => [key(each), each])).values()];
    const indexes = unlike.map((each) => places.get(key(each)) as number);
    if (longestIncreasing(indexes).length === unlike.length) return [];
    return [problem('check-binding', `the code of ${old.path} would run in another order`, { place: old.path })];
  }

  private isCopied(old: Side, { binds }: OutlineSymbol): boolean {
    const { isCopy } = this.check;
    const names = (old.unit.facts.scopes[0]?.bindings ?? [])
      .map(({ name }) => name)
      .filter((name) => isCopy(old.path, name));
    return names.some((name) => binds.includes(this.identifiers.of(old.meanings.own(old.path, name))));
  }

  private imports(): Problem[] {
    const { before, after, sources, into } = this.check;
    const matters = ({ form, guessed }: { form: string; guessed?: true }) => form !== 'implicit' && !guessed;
    const isOwn = (path: string) => sources.includes(path) || path === into;
    const edges = (linker: Linker, { unit }: Side) =>
      edgesOf(linker, unit).edges.filter((edge) => matters(edge) && !isOwn(edge.importedPath));
    const keyOf = ({ importedPath, when, form }: { importedPath: string; when: string; form: string }) =>
      `${importedPath}\0${when}\0${form === 'from' ? 'import' : form}`;
    const expected = new Map(this.olds.flatMap((old) => edges(before, old)).map((edge) => [keyOf(edge), edge]));
    const actual = new Map(edges(after, this.now).map((edge) => [keyOf(edge), edge]));
    const isParent = (path: string) => /__init__\.pyi?$/.test(path) && isInside(into, directoryOf(path));
    const lost = [...expected].filter(([id, { importedPath }]) => !actual.has(id) && !isParent(importedPath));
    const gained = [...actual].filter(([id, { importedPath }]) => !expected.has(id) && !isParent(importedPath));
    const missing =
      edgesOf(after, this.now.unit).unresolved.length -
      this.olds.reduce((sum, { unit }) => sum + edgesOf(before, unit).unresolved.length, 0);
    return [
      ...lost.map(([, edge]) =>
        problem('check-import-lost', `this import of ${edge.importedPath} would be gone`, {
          place: { path: edge.path, line: edge.line, column: 1 },
        }),
      ),
      ...gained.map(([, edge]) =>
        problem('check-import-new', `${edge.importedPath} would newly be imported`, {
          place: { path: edge.path, line: edge.line, column: 1 },
        }),
      ),
      ...(missing > 0
        ? [problem('check-unresolved', 'an import of the merged module would lead nowhere', { place: into })]
        : []),
    ];
  }
}

const same = (path: string): string => path;

function definedNames({ unit }: Side): Set<string> {
  const bindings = unit.facts.scopes[0]?.bindings ?? [];
  return new Set(bindings.filter(({ imported }) => !imported).map(({ name }) => name));
}

/** A statement that binds nothing; what is left of a branch that only imported does nothing. */
function runs({ text }: Side, { kind, owner, binds, span }: OutlineSymbol): boolean {
  if (kind !== 'statement' || owner !== null || binds.length > 0) return false;
  const lines = text.slice(span.start, span.end).split('\n');
  if (/^__all__\b/.test(lines[0] ?? '')) return false;
  return !lines.every((line) => /^\s*(?:pass|(?:if|elif|else|try|except|finally)\b.*:)?\s*(?:#.*)?$/.test(line));
}

/** Imports are dealt with apart, members stand in their class. */
function isOrdered(side: Side, symbol: OutlineSymbol): boolean {
  const { kind, owner, binds } = symbol;
  return owner === null && kind !== 'import' && (kind !== 'statement' || binds.length > 0 || runs(side, symbol));
}

function key({ qualname, kind, body, condition }: OutlineSymbol): string {
  return JSON.stringify([kind === 'statement' ? '' : qualname, kind, body, condition]);
}

function count(counts: Map<string, number>, id: string, by: number): void {
  counts.set(id, (counts.get(id) ?? 0) + by);
}
