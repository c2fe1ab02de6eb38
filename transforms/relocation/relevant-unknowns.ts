/**
 * Which unknowns matter to a move. Deleting a module must fear every computed import; a move rewrites the strings that
 * name the module in full, so what is left to fear is a bare name that somebody puts together with a package's.
 */
import { edgesOf } from '../../src/core/edges.js';
import type { DynamicImport } from '../../src/core/facts.js';
import type { Linker } from '../../src/core/linker.js';
import type { Mention } from '../../src/core/mentions.js';
import { baseOf, directoryOf, isInside, isPackageInit, isPythonPath, join, moduleBase } from '../../src/core/paths.js';
import type { Relocation } from '../../src/core/relocation.js';
import type { Unknown } from '../../src/core/unknowns.js';
import type { ModuleUsage } from '../../src/core/usages.js';
import { type Arriving, isAmong, valueFlowOf } from '../../src/core/value-flow/index.js';
import { asksForItself, isCompletable, isHandedAlong, type Way } from './completable.js';

export function withRelevantUnknowns(
  before: Linker,
  relocation: Relocation,
  usages: readonly ModuleUsage[],
): ModuleUsage[] {
  const feeds = new Feeds(before);
  return usages.map((usage) => ({
    ...usage,
    unknowns: usage.unknowns
      .filter((unknown) => !movesAlong(relocation, unknown.path, usage.target.path))
      .flatMap((unknown) => relevant(before, relocation, feeds, usage, unknown) ?? []),
  }));
}

/** What a package computes about its own members goes on working when it moves as a whole. */
function movesAlong(relocation: Relocation, place: string, target: string): boolean {
  return [...relocation.directories.keys()].some(
    (directory) => isInside(place, directory) && isInside(target, directory),
  );
}

/** The unknown with what makes it one; `null` when it cannot matter. */
function relevant(
  before: Linker,
  relocation: Relocation,
  feeds: Feeds,
  usage: ModuleUsage,
  unknown: Unknown,
): Unknown | null {
  // With its whole package it follows what names that, which is judged by itself.
  if (unknown.code === 'javascript-reference')
    return relocation.directory(directoryOf(usage.target.path)) === directoryOf(usage.target.path) ? unknown : null;
  if (unknown.code === 'guessed-import') return couldBeGuessed(before, usage, unknown) ? unknown : null;
  const packages = usage.target.dottedNames.map((name) => name.slice(0, Math.max(0, name.lastIndexOf('.'))));
  const listed = listsModules(before, unknown) ? feeds.arriving(unknown) : null;
  if (listed) return isHandedAlong(before.codebase, listed, packages) ? unknown : null;
  if (unknown.by !== 'open' && !(unknown.by === 'by-scan' && isNoScan(feeds.arriving(unknown)))) return unknown;
  if (runsText(before, unknown) || asksForItself(before, unknown)) return null;
  for (const { source } of usage.usages) {
    const leading = 'mention' in source ? pathTo(before, source.mention, usage.target) : null;
    if (!('mention' in source) || leading === null) continue;
    // Only now: what arrives is asked of all files.
    const [arriving, blind] = [feeds.arriving(unknown), feeds.unparsedUserOf(unknown.path)];
    const { path, line } = source.mention;
    const reason = `imports a computed name, and ${path}:${line} spells '${usage.target.name}' in a string`;
    if (blind !== undefined)
      return { ...unknown, reason: `${reason}; ${blind} may bring them together and does not parse` };
    const isFollowed = feeds.follows(path);
    if (isFollowed && arriving?.isWhole && !isAmong(before.codebase, arriving.literals, source.mention)) continue;
    // What a setting says is read somewhere; only code puts names together.
    const isCode = isPythonPath(path) && !isFollowed;
    const way = arriving && !isCode ? feeds.wayOf(arriving, unknown.path) : feeds.way(path, unknown.path);
    const above = packages.map((name) =>
      name
        .split('.')
        .slice(0, name.split('.').length - leading.length)
        .join('.'),
    );
    if (isCompletable(before.codebase, unknown, source.mention, above, way)) return { ...unknown, reason };
  }
  return null;
}

/** Code that is put together and run imports by statements: whatever spells one has been judged as text. */
function runsText({ codebase }: Linker, { path, line }: Unknown): boolean {
  const there = (codebase.unitOrNone(path)?.facts.dynamics ?? []).filter((dynamic) => dynamic.line === line);
  return there.length > 0 && there.every(({ form }) => form === 'exec' || form === 'module-getattr');
}

/** The function lists directories, but for something else: nothing of that comes to the import. */
function isNoScan(arriving: Arriving | null): boolean {
  return arriving?.isWhole === true && !arriving.isListed;
}

/** `pkgutil.iter_modules(path)`: no word becomes a name, a package's own path decides. */
function listsModules({ codebase }: Linker, { path, line }: Unknown): boolean {
  const unit = codebase.unitOrNone(path);
  const there = (unit?.facts.dynamics ?? []).filter((dynamic) => dynamic.line === line && dynamic.form === 'scan');
  return there.some(({ span }) =>
    /^[\w.]*\b(?:iter_modules|walk_packages)\(/.test(unit?.text.slice(span.start, span.end) ?? ''),
  );
}

/** A module inside a package is its own top-level name only where somebody puts the package's directory on the path. */
function couldBeGuessed({ codebase }: Linker, { target }: ModuleUsage, unknown: Unknown): boolean {
  if (!codebase.layout.tree.isPackageDirectory(directoryOf(target.path))) return true;
  if (/\bimport\s+[\w.]+\.\w|\bfrom\s+\w+\./.test(unknown.text)) return true;
  const unit = codebase.unitOrNone(unknown.path);
  return unknown.path !== target.path && (unit === undefined || unit.text.includes('sys.path'));
}

/**
 * The whole of a string, or of a setting's value, is the bare name, or what leads to it or on from it: `'.old.tax'`.
 * @returns what stands before the name, without dots at the beginning; `null` for any other text
 */
function pathTo(before: Linker, mention: Mention, target: ModuleUsage['target']): readonly string[] | null {
  const { codebase } = before;
  if (mention.form !== 'name' || (mention.class !== 'string' && mention.class !== 'config')) return null;
  const text = codebase.text(mention.path);
  if ('undecodable' in text) return null;
  if (mention.class === 'string') {
    const ahead = /(["'])\.*((?:\w+\.)*)$/.exec(
      text.text.slice(Math.max(0, mention.span.start - LONGEST), mention.span.start),
    );
    const after = /^(?:\.\w+)*(["'])/.exec(text.text.slice(mention.span.end, mention.span.end + LONGEST));
    if (!ahead || ahead[1] !== after?.[1] || !isHandedOn(before, mention)) return null;
    const path = (ahead[2] as string).split('.').slice(0, -1);
    const leads =
      ({ length }: readonly string[]) =>
      (name: string) =>
        name.split('.').slice(0, -1).slice(-length).join('.') === path.join('.');
    return path.length === 0 || target.dottedNames.some(leads(path)) ? path : null;
  }
  const [open, close] = [text.text[mention.span.start - 1] ?? '\n', text.text[mention.span.end] ?? '\n'];
  return /["':=\s]/.test(open) && /["',\]\s]/.test(close) ? [] : null;
}

/** Characters of a dotted name around the one that is looked for. */
const LONGEST = 200;

/** It is not quoted within a longer text, not the attribute of `getattr(x, 'name')`, and not only compared with. */
function isHandedOn(before: Linker, { path, span }: Mention): boolean {
  const unit = before.codebase.unitOrNone(path);
  const literal = unit?.facts.strings.find(
    (each) => unit.toFile(each.span.start) <= span.start && span.end <= unit.toFile(each.span.end),
  );
  if (!unit || !literal) return true;
  if (!/^[\w.]*$/.test(unit.text.slice(literal.span.start, literal.span.end))) return false;
  if (literal.argument === 0 && /(?:^|\.)(?:get|has|set|del)attr$/.test(literal.callee ?? '')) return false;
  return valueFlowOf(before).isHandedOn(path, literal.span.start);
}

/** Forms whose arguments are names of modules, or directories of them, and nothing else. */
const TAKES_A_NAME: ReadonlySet<string> = new Set<DynamicImport['form']>([
  'import_module',
  '__import__',
  'find_spec',
  'sys.modules',
  'resolve_name',
  'scan',
]);

/** How what a file spells can get into a computed import elsewhere. */
class Feeds {
  private readonly imported = new Map<string, ReadonlySet<string>>();
  private readonly importing = new Map<string, readonly string[]>();
  private readonly arrived = new Map<string, Arriving | null>();
  private readonly unparsedUsers = new Map<string, string | undefined>();
  private notFollowed: readonly string[] | undefined;

  constructor(private readonly before: Linker) {}

  /** The strings of which a computed name may be made; `null` where that is not known. */
  arriving({ path, line }: Unknown): Arriving | null {
    const place = `${path}:${line}`;
    const known = this.arrived.get(place);
    if (known !== undefined) return known;
    const found = this.findArriving(path, line);
    this.arrived.set(place, found);
    return found;
  }

  private findArriving(path: string, line: number): Arriving | null {
    const there = (this.before.codebase.unitOrNone(path)?.facts.dynamics ?? []).filter((each) => each.line === line);
    if (there.length === 0 || !there.every(({ form }) => TAKES_A_NAME.has(form))) return null;
    const found = there.map(({ span }) => valueFlowOf(this.before).reaching(path, span.start));
    return found.every((each) => each !== null) ? together(found) : null;
  }

  /** A file that does not parse and names the importing one: it could hand anything to it. */
  unparsedUserOf(importing: string): string | undefined {
    const { codebase } = this.before;
    if (!this.unparsedUsers.has(importing)) {
      const user = this.unparsed().find((path) => codebase.spells(path, [moduleBase(importing)]));
      this.unparsedUsers.set(importing, user);
    }
    return this.unparsedUsers.get(importing);
  }

  private unparsed(): readonly string[] {
    const { codebase } = this.before;
    const isRun = ({ path }: { readonly path: string }) => codebase.kind(path) !== 'stub';
    this.notFollowed ??= codebase
      .pythonFiles()
      .flatMap((file) => (isRun(file) && !this.follows(file.path) ? file.path : []));
    return this.notFollowed;
  }

  follows(path: string): boolean {
    return valueFlowOf(this.before).knows(path);
  }

  wayOf(arriving: Arriving, importing: string): Way {
    const before = arriving.isWhole ? [] : this.importersOf(importing).filter((path) => arriving.nearFiles.has(path));
    return { arriving, before };
  }

  way(spelling: string, importing: string): Way {
    const before = this.importersOf(importing);
    const ends = this.knows(spelling, importing) || this.knows(importing, spelling) ? [spelling, importing] : [];
    return { between: [...ends, ...before.filter((path) => this.knows(path, spelling))], before };
  }

  /** A file imports another, or spells the name of one that is not Python. */
  private knows(path: string, other: string): boolean {
    if (path === other) return true;
    if (!isPythonPath(path)) return false;
    if (!isPythonPath(other)) return this.before.codebase.unitOrNone(path)?.text.includes(baseOf(other)) ?? true;
    const imports = this.importsOf(path);
    const init = join(directoryOf(other), '__init__.py');
    return imports.has(other) || (!isPackageInit(other) && imports.has(init));
  }

  private importersOf(path: string): readonly string[] {
    let found = this.importing.get(path);
    if (!found) {
      const name = moduleBase(path);
      const { codebase } = this.before;
      found = codebase
        .pythonFiles()
        .flatMap((file) => (codebase.spells(file.path, [name]) && this.knows(file.path, path) ? file.path : []));
      this.importing.set(path, found);
    }
    return found;
  }

  private importsOf(path: string): ReadonlySet<string> {
    let found = this.imported.get(path);
    if (!found) {
      const unit = this.before.codebase.unitOrNone(path);
      const edges = unit ? edgesOf(this.before, unit).edges : [];
      found = new Set(edges.filter(({ form }) => form !== 'implicit').map(({ importedPath }) => importedPath));
      this.imported.set(path, found);
    }
    return found;
  }
}

/** What arrives at several calls of one line. */
function together(all: readonly Arriving[]): Arriving {
  return {
    literals: all.flatMap(({ literals }) => literals),
    selfNames: new Set(all.flatMap(({ selfNames }) => [...selfNames])),
    joined: all.flatMap(({ joined }) => joined),
    isCut: all.some(({ isCut }) => isCut),
    near: all.flatMap(({ near }) => near),
    nearFiles: new Set(all.flatMap(({ nearFiles }) => [...nearFiles])),
    isListed: all.some(({ isListed }) => isListed),
    isWhole: all.every(({ isWhole }) => isWhole),
  };
}
