/**
 * The evidence for or against a module: every reference in Python, in strings and in other text files, and every unknown.
 * A file is looked into only if its bytes spell the module's bare name, or it imports by value.
 */
import { type Codebase, isPythonKind, type PythonUnit } from './codebase.js';
import type { Linker } from './linker.js';
import { type Confidence, findMentions, findPythonMentions, type Mention, type MentionTarget } from './mentions.js';
import type { Place } from './model.js';
import { moduleBase } from './paths.js';
import { type ModuleReference, referencesIn } from './references.js';
import { dynamicUnknowns, type NamedInString, type Unknown, unreadableUnknown } from './unknowns.js';

/** One reference as people see it. */
export interface Usage extends Place {
  /** The source line, trimmed, at most 200 UTF-16 units. */
  readonly text: string;
  /** `import`, `from`, `star`, `attribute`, `name`, `dynamic`, `implicit`, or the class of a mention. */
  readonly class: string;
  readonly confidence: Confidence;
  /** Something that breaks when the module goes; a mere mention does not. */
  readonly effect: 'reference' | 'mention';
  readonly reason: string;
  readonly source: { readonly reference: ModuleReference } | { readonly mention: Mention };
}

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

/** Collects the usage of several modules with one pass over the repository. */
export function findUsages(linker: Linker, paths: readonly string[]): ModuleUsage[] {
  const { codebase } = linker;
  const targets = paths.map((path) => mentionTarget(codebase, path));
  const search = new UsageSearch(linker, targets);
  for (const { path } of codebase.snapshot.files) search.look(path);
  search.followAliases();
  return targets.map((target) => search.result(target));
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
  ) {
    this.paths = new Set(targets.map((target) => target.path));
  }

  look(path: string): void {
    const { codebase } = this.linker;
    const bytes = codebase.snapshot.read(path);
    const suspects =
      bytes instanceof Uint8Array ? this.targets.filter((target) => spells(bytes, target.name)) : this.targets;
    const python = isPythonKind(codebase.kind(path));
    if (suspects.length === 0 && !(python && bytes instanceof Uint8Array && importsByValue(bytes))) return;
    if (!(bytes instanceof Uint8Array) || 'undecodable' in codebase.text(path)) this.unreadable(path);
    else if (python) this.lookAtPython(path, suspects);
    else this.mentions(findMentions(this.textFile(path), suspects, this.isFile));
  }

  private readonly isFile = (path: string): boolean => this.linker.codebase.snapshot.entry(path) !== undefined;

  private textFile(path: string) {
    const { codebase } = this.linker;
    const source = codebase.text(path);
    return { path, kind: codebase.kind(path), text: 'undecodable' in source ? '' : source.text };
  }

  private unreadable(path: string): void {
    for (const target of this.targets) {
      const unknown = unreadableUnknown(this.linker.codebase, path, target);
      if (unknown) add(this.unknowns, target.path, unknown);
    }
  }

  private lookAtPython(path: string, suspects: readonly MentionTarget[]): void {
    const unit = this.linker.codebase.unit(path);
    if ('unknown' in unit) return this.unreadable(path);
    this.looked.add(path);
    if (unit.facts.dynamics.length > 0) this.dynamicUnits.push(unit);
    this.references(unit);
    if (suspects.length === 0) return;
    const file = { path, text: unit.text };
    this.mentions(this.placed(unit, findPythonMentions(file, unit.facts, suspects, this.isFile)));
    if (this.linker.codebase.kind(path) === 'notebook') this.notebookProse(unit, suspects);
    if (unit.facts.syntaxErrors.length > 0) this.broken(unit, suspects);
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
    for (const target of suspects) {
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

  private references(unit: PythonUnit): void {
    for (const reference of referencesIn(this.linker, unit, this.paths)) {
      if (reference.path === reference.target) continue;
      add(this.usages, reference.target, usageOf(this.linker.codebase, unit, reference));
    }
  }

  private mentions(mentions: readonly Mention[]): void {
    for (const mention of mentions) {
      const { path, line, column, text, confidence, effect, reason } = mention;
      if (mention.path === mention.target) continue;
      add(this.usages, mention.target, {
        path,
        line,
        column,
        text,
        class: mention.class,
        confidence,
        effect,
        reason,
        source: { mention },
      });
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

/** A literal given to an import function is found twice, as code and as a string; the code says more. */
function withoutDoubles(usages: readonly Usage[]): Usage[] {
  const places = new Set(
    usages.flatMap((usage) =>
      'reference' in usage.source && usage.class === 'dynamic' ? [`${usage.path}:${usage.line}`] : [],
    ),
  );
  return usages.filter((usage) => 'reference' in usage.source || !places.has(`${usage.path}:${usage.line}`));
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

function spells(bytes: Uint8Array, word: string): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(word);
}

function add<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

function sorted<T extends Place>(items: readonly T[]): T[] {
  return [...items].sort((a, b) =>
    a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line || a.column - b.column,
  );
}

function usageOf(codebase: Codebase, unit: PythonUnit, reference: ModuleReference): Usage {
  const offset = unit.toFile(reference.span.start);
  return {
    path: unit.path,
    ...codebase.place(unit.path, offset),
    text: codebase.lineText(unit.path, offset),
    class: CLASSES[reference.site.kind],
    confidence: reference.guessed ? 'likely' : 'certain',
    effect: 'reference',
    reason: reference.when === 'runtime' ? 'Python code' : `Python code (${reference.when})`,
    source: { reference },
  };
}

const CLASSES: Readonly<Record<ModuleReference['site']['kind'], string>> = {
  'from-module': 'from',
  'from-name': 'from',
  import: 'import',
  attribute: 'attribute',
  'bound-name': 'name',
  dynamic: 'dynamic',
  implicit: 'implicit',
};
