/**
 * The evidence for or against a module: every reference in Python, in strings and in other text files, and every unknown.
 * A file is looked into only if its bytes spell the module's bare name, or it imports by value.
 */
import { type Codebase, isPythonKind, type PythonUnit } from './codebase.js';
import { withComputedScripts } from './computed-scripts.js';
import { guessedImports } from './guessed.js';
import { leftovers } from './leftovers.js';
import type { Linker } from './linker.js';
import { findMentions, findPythonMentions, type Mention, type MentionTarget } from './mentions.js';
import { meansOthers, reachesByValue } from './other-meanings.js';
import { moduleBase } from './paths.js';
import { promotedInPython, promotedInText } from './promotions.js';
import { referencesIn } from './references.js';
import { dynamicUnknowns, guessedUnknown, type NamedInString, type Unknown, unreadableUnknown } from './unknowns.js';
import { mentionUsage, referenceUsage, sorted, type Usage, withoutDoubles } from './usage-entries.js';

export type { Usage } from './usage-entries.js';

export interface ModuleUsage {
  readonly target: MentionTarget;
  readonly verdict: 'used' | 'unused' | 'unknown';
  readonly usages: readonly Usage[];
  readonly unknowns: readonly Unknown[];
}

/** How a module is searched for in texts. */
export function mentionTarget(codebase: Codebase, path: string): MentionTarget {
  const dottedNames = codebase.layout.namesOf(path);
  return { key: path, dottedNames, path, name: moduleBase(path) };
}

/**
 * Collects the usage of several modules with one pass over the repository.
 * @param ownToo whether what a module says of itself counts as well: it does where the module goes on under another name
 */
export function findUsages(linker: Linker, paths: readonly string[], ownToo = false): ModuleUsage[] {
  const { codebase } = linker;
  const targets = paths.map((path) => mentionTarget(codebase, path));
  const search = new UsageSearch(linker, targets, ownToo);
  for (const { path } of codebase.snapshot.files) search.look(path);
  search.followAliases();
  const found = targets.map((target) => search.result(target));
  return withComputedScripts(linker.codebase, found);
}

/** `path:line:column` of what only speaks of a module: it may stay as it is when the module goes. */
export function mentionedPlaces({ usages }: ModuleUsage): string[] {
  return usages
    .filter(({ effect }) => effect === 'mention')
    .map(({ path, line, column }) => `${path}:${line}:${column}`);
}

class UsageSearch {
  private readonly paths: ReadonlySet<string>;
  private readonly usages = new Map<string, Usage[]>();
  private readonly unknowns = new Map<string, Unknown[]>();
  private readonly named = new Map<string, NamedInString>();
  private readonly dynamicUnits: PythonUnit[] = [];
  private readonly looked = new Set<string>();

  constructor(
    private readonly linker: Linker,
    private readonly targets: readonly MentionTarget[],
    private readonly ownToo: boolean,
  ) {
    this.paths = new Set(targets.map((target) => target.path));
  }

  look(path: string): void {
    // Compiled code beside its source says nothing that the source does not.
    if (/(?:^|\/)__pycache__\//.test(path)) return;
    const { codebase } = this.linker;
    const bytes = codebase.snapshot.read(path);
    const suspects =
      bytes instanceof Uint8Array ? this.targets.filter((target) => spells(bytes, target.name)) : this.targets;
    const python = isPythonKind(codebase.kind(path));
    if (
      suspects.length === 0 &&
      bytes instanceof Uint8Array &&
      !(python && importsByValue(bytes)) &&
      !isWide(bytes, python)
    )
      return;
    if (!(bytes instanceof Uint8Array) || 'undecodable' in codebase.text(path)) this.unreadable(path);
    else if (python) this.lookAtPython(path, suspects);
    else {
      const file = this.textFile(path);
      this.mentions(findMentions(file, suspects, this.isFile).map((mention) => promotedInText(file.text, mention)));
    }
  }

  private readonly isFile = (path: string): boolean => this.linker.codebase.snapshot.entry(path) !== undefined;

  private textFile(path: string) {
    const { codebase } = this.linker;
    const source = codebase.text(path);
    const text = 'undecodable' in source ? '' : source.text;
    return { path, kind: codebase.kind(path), text, script: codebase.script(path) };
  }

  private unreadable(path: string): void {
    for (const target of this.targets) {
      const unknown = unreadableUnknown(this.linker.codebase, path, target);
      if (unknown) add(this.unknowns, target.path, unknown);
    }
  }

  private lookAtPython(path: string, suspects: readonly MentionTarget[]): void {
    const { linker } = this;
    const unit = linker.codebase.unit(path);
    if ('unknown' in unit) return this.unreadable(path);
    if (unit.skim.dynamics.length > 0) this.dynamicUnits.push(unit);
    if (this.speaksOfOthers(unit, suspects)) return;
    this.looked.add(path);
    const known = this.references(unit);
    if (suspects.length === 0) return;
    const found = findPythonMentions({ path, text: unit.text }, unit.facts, suspects, this.isFile);
    // What stands in an annotation or a replacement field is code, and has been seen as such.
    const strings = found.filter((mention) => !known.has(mention.span.end - nameOf(suspects, mention).length));
    this.mentions(this.placed(unit, promotedInPython(linker, unit, strings, suspects)));
    for (const target of suspects.filter((suspect) => !this.isOwn(path, suspect.path)))
      for (const { mention, ...rest } of leftovers(linker, unit, target, known))
        add(this.usages, target.path, { ...mentionUsage(mention), ...rest });
    if (linker.codebase.kind(path) === 'notebook') this.notebookProse(unit, suspects);
    if (unit.facts.syntaxErrors.length > 0) this.broken(unit, suspects);
  }

  private speaksOfOthers(unit: PythonUnit, suspects: readonly MentionTarget[]): boolean {
    const { linker, paths } = this;
    if (reachesByValue(linker, unit, paths)) return false;
    return suspects.every((target) => unit.path !== target.path && meansOthers(linker, unit, target));
  }

  /** Mentions found in a notebook's cells stand elsewhere in the file. */
  private placed(unit: PythonUnit, mentions: readonly Mention[]): Mention[] {
    if (this.linker.codebase.kind(unit.path) !== 'notebook') return [...mentions];
    return mentions.map((mention) => {
      const span = { start: unit.toFile(mention.span.start), end: unit.toFile(mention.span.end) };
      return { ...mention, ...this.linker.codebase.place(unit.path, span.start), span };
    });
  }

  /** What a notebook says outside its code cells; occurrences inside them are judged as Python. */
  private notebookProse(unit: PythonUnit, suspects: readonly MentionTarget[]): void {
    const inCells = new Set<number>();
    for (const target of suspects) {
      for (let at = unit.text.indexOf(target.name); at !== -1; at = unit.text.indexOf(target.name, at + 1))
        inCells.add(unit.toFile(at));
    }
    const all = findMentions(this.textFile(unit.path), suspects, this.isFile);
    this.mentions(all.filter((mention) => !inCells.has(mention.span.end - nameOf(suspects, mention).length)));
  }

  /** A file that does not parse wholly may hide a reference wherever it spells the name. */
  private broken(unit: PythonUnit, suspects: readonly MentionTarget[]): void {
    const { codebase } = this.linker;
    const error = unit.facts.syntaxErrors[0] as { start: number };
    const offset = unit.toFile(error.start);
    for (const target of suspects.filter(({ name }) => couldRefer(unit.text, name))) {
      const reason = `does not parse, and spells '${target.name}'`;
      const place = { path: unit.path, ...codebase.place(unit.path, offset) };
      add(this.unknowns, target.path, {
        ...place,
        code: 'syntax-error',
        text: codebase.lineText(unit.path, offset),
        reason,
      });
    }
  }

  /** Collects what the code refers to; returns the offsets of the names that are thereby explained. */
  private references(unit: PythonUnit): ReadonlySet<number> {
    const { codebase } = this.linker;
    const known = new Set<number>();
    for (const reference of referencesIn(this.linker, unit, this.paths)) {
      known.add(reference.span.start);
      if (!this.isOwn(reference.path, reference.target))
        add(this.usages, reference.target, referenceUsage(codebase, unit, reference));
    }
    for (const guess of guessedImports(this.linker, unit, this.paths))
      if (!known.has(guess.span.start) && !this.isOwn(unit.path, guess.target)) {
        known.add(guess.span.start);
        add(this.unknowns, guess.target, guessedUnknown(codebase, unit, guess));
      }
    return known;
  }

  /** The module itself, or the stub that goes with it. */
  private isOwn(path: string, target: string): boolean {
    return !this.ownToo && (path === target || path === `${target}i`);
  }

  private mentions(mentions: readonly Mention[]): void {
    for (const mention of mentions) {
      if (this.isOwn(mention.path, mention.target)) continue;
      add(this.usages, mention.target, mentionUsage(mention));
      const { path, line, column, text } = mention;
      if (this.couldComplete(mention) && !this.named.has(mention.target))
        this.named.set(mention.target, { path, line, column, text });
    }
  }

  /** Strings and settings whose whole value is the name could feed a computed import; prose, comments and paths could not. */
  private couldComplete(mention: Mention): boolean {
    if (mention.decision === 'rewrite' || mention.form === 'path') return false;
    if (mention.class !== 'string' && mention.class !== 'config' && mention.class !== 'data') return false;
    const source = this.linker.codebase.text(mention.path);
    if ('undecodable' in source) return false;
    const [before, after] = [source.text[mention.span.start - 1] ?? '\n', source.text[mention.span.end] ?? '\n'];
    return /['".:=\s]/.test(before) && /['".:,\r\n]/.test(after) && !(before === ' ' && after === '.');
  }

  /**
   * A module bound under another name at some file's top level can be taken from there: `from a import alias`. Files
   * that spell such an alias are looked into as well, until no new alias turns up.
   */
  followAliases(): void {
    const followed = new Set<string>();
    for (let words = this.aliases(followed); words.length > 0; words = this.aliases(followed)) {
      for (const { path } of this.linker.codebase.pythonFiles()) {
        if (this.looked.has(path)) continue;
        const bytes = this.linker.codebase.snapshot.read(path);
        if (!(bytes instanceof Uint8Array) || !words.some((word) => spells(bytes, word))) continue;
        const unit = this.linker.codebase.unitOrNone(path);
        this.looked.add(path);
        if (unit) this.references(unit);
      }
    }
  }

  private aliases(followed: Set<string>): string[] {
    const fresh: string[] = [];
    for (const usage of [...this.usages.values()].flat()) {
      if (!('reference' in usage.source)) continue;
      const { site } = usage.source.reference;
      if (site.kind !== 'from-name' && site.kind !== 'import') continue;
      const alias = site.statement.names[site.index]?.alias;
      if (site.statement.scope !== 0 || !alias || followed.has(alias)) continue;
      followed.add(alias);
      fresh.push(alias);
    }
    return fresh;
  }

  result(target: MentionTarget): ModuleUsage {
    const usages = sorted(withoutDoubles(this.usages.get(target.path) ?? []));
    const named = this.named.get(target.path);
    const dynamic = this.dynamicUnits.flatMap((unit) => dynamicUnknowns(this.linker, unit, target, named));
    const unknowns = sorted([...(this.unknowns.get(target.path) ?? []), ...dynamic]);
    const used = usages.some((usage) => usage.effect === 'reference' && usage.confidence !== 'possible');
    return { target, verdict: used ? 'used' : unknowns.length > 0 ? 'unknown' : 'unused', usages, unknowns };
  }
}

function nameOf(targets: readonly MentionTarget[], mention: Mention): string {
  return targets.find((target) => target.key === mention.target)?.name ?? '';
}

/** In a text that does not parse: the name stands in what looks like an import, or behind a dot. */
function couldRefer(text: string, name: string): boolean {
  const word = new RegExp(`(?<![\\w])${name}(?!\\w)`);
  const imports = text.match(/\bfrom\s+[\w.]*\s*import\s*\([^)]*|\b(?:from|import)\b[^\n]*(?:\\\r?\n[^\n]*)*/g) ?? [];
  return imports.some((statement) => word.test(statement)) || new RegExp(`\\w\\s*\\.\\s*${name}(?!\\w)`).test(text);
}

/** Quick test on bytes for code that imports by value or lists modules. */
function importsByValue(bytes: Uint8Array): boolean {
  return WORDS.some((word) => spells(bytes, word));
}

const WORDS = [
  'import_module',
  '__import__',
  'pkgutil',
  'runpy',
  'resolve_name',
  'exec',
  'modules',
  'find_spec',
  'find_loader',
  'load_source',
];

/** UTF-16 or UTF-32: the name does not stand there byte by byte. Larger files with zero bytes are binary content. */
function isWide(bytes: Uint8Array, python: boolean): boolean {
  return (python || bytes.length < WIDEST) && bytes.includes(0);
}

const WIDEST = 1 << 20;

function spells(bytes: Uint8Array, word: string): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(word);
}

function add<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}
