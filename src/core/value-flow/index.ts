/** Which strings of the repository may become the value of an expression. */
import { type Codebase, isPythonKind } from '../codebase.js';
import type { Linker } from '../linker.js';
import type { Span } from '../model.js';
import { addTo } from './call-index.js';
import { Calls } from './calls.js';
import { Families } from './families.js';
import { Graph, type Id } from './graph.js';
import { type FileFlow, type Literal, literalNode, type SelfName } from './model.js';
import { readFlow } from './read-file.js';
import { Search, type Surroundings } from './search.js';
import { TooFar } from './steps.js';

export type { Literal } from './model.js';

/** What a value may be made of. */
export interface Ingredients {
  readonly literals: readonly Literal[];
  /** What files, or things that code looks at, say of their own place. */
  readonly selfNames: ReadonlySet<SelfName>;
  /** Something is split on the way: a name may lose its end. */
  readonly isCut: boolean;
}

/** What one value is made of. */
export interface Made extends Ingredients {
  /** False where the search was ended: more may be in it, but not by a short way. */
  readonly isWhole: boolean;
}

/** A value that is put together on the way. */
export interface Joined {
  /** Literals that stand in the very expression, or in variables that it reads. */
  readonly pieces: readonly Literal[];
  /** It begins with a dot. */
  readonly isRelative: boolean;
  /** All that may be in it; searched for when it is asked for. */
  readonly ingredients: () => Made;
}

/** What may arrive at an expression. */
export interface Arriving extends Ingredients {
  /** What is put together on short ways. */
  readonly joined: readonly Joined[];
  /** Those of them that come by a short way. */
  readonly near: readonly Literal[];
  /** Files that the short ways lead through. */
  readonly nearFiles: ReadonlySet<string>;
  /** What a directory holds may be among it. */
  readonly isListed: boolean;
  /** False where the search was ended: more may arrive, but not by a short way. */
  readonly isWhole: boolean;
}

/** The span of a file is one of these strings, or stands in one. */
export function isAmong(
  codebase: Codebase,
  literals: readonly Literal[],
  { path, span }: { readonly path: string; readonly span: Span },
): boolean {
  const unit = codebase.unitOrNone(path);
  return literals.some((literal) => {
    const start = unit && literal.path === path ? unit.toFile(literal.start) : Number.POSITIVE_INFINITY;
    return start <= span.start && span.end <= start + literal.value.length;
  });
}

/** Nodes, literals not counted, that are met first: what puts a name together stands close to where it is imported. */
const NEAR = 300;

/** How many variables may stand between an expression and a literal that belongs to it. */
const VARIABLES = 3;

const known = new WeakMap<Linker, ValueFlow>();

/** The value flow of one state of the repository, computed when it is first asked for. */
export function valueFlowOf(linker: Linker): ValueFlow {
  const found = known.get(linker) ?? new ValueFlow(linker);
  known.set(linker, found);
  return found;
}

/** What of a file's flow is asked for; the rest goes into the graph. */
type Asked = Pick<FileFlow, 'asked' | 'called'>;

class ValueFlow {
  private readonly files = new Map<string, Asked>();
  private readonly literals = new Map<Id, Literal>();
  private readonly selfNames = new Map<Id, SelfName>();
  /** What becomes part of an object. */
  private readonly handedOn = new Set<Id>();
  private readonly made = new Map<Id, Made>();
  private readonly graph: Graph;
  private readonly calls: Calls;
  private readonly around: Surroundings;
  private readonly near: Surroundings;
  private search: Search;

  constructor(linker: Linker) {
    const { codebase } = linker;
    const files: FileFlow[] = [];
    for (const path of flowingFiles(codebase)) {
      const unit = codebase.unitOrNone(path);
      if (!unit || unit.facts.syntaxErrors.length > 0) continue;
      const flow = readFlow(linker, unit);
      files.push(flow);
      this.files.set(path, { asked: flow.asked, called: flow.called });
    }
    const families = new Families(files);
    this.graph = new Graph(files, families);
    this.calls = Calls.of(this.graph, families, files);
    this.around = this.aroundOf(files, families);
    this.near = { ...this.around, calls: this.calls.nearby(), known: nothingKnown() };
    this.search = new Search(this.around);
  }

  private aroundOf(files: readonly FileFlow[], families: Families): Surroundings {
    const { graph, calls } = this;
    const within = new Map<Id, Id>();
    const containers = new Set<Id>();
    const joined = new Set<Id>();
    const changes = new Map<Id, Id[]>();
    for (const file of files) {
      for (const [node, literal] of file.literals) this.literals.set(graph.id(node), literal);
      for (const [node, owner] of file.within) within.set(graph.id(node), graph.id(owner));
      for (const node of file.containers) containers.add(graph.id(node));
      for (const node of file.joined) joined.add(graph.id(node));
      for (const [node, name] of file.selfNames) this.selfNames.set(graph.id(node), name);
      for (const [value, object] of file.changes) {
        addTo(changes, graph.id(object), graph.id(value));
        this.handedOn.add(graph.id(value));
      }
    }
    return { graph, calls, families, within, containers, joined, changes, known: nothingKnown() };
  }

  /**
   * Literals that may be, or be part of, what decides a call or a subscript.
   * @param start offset of the expression in the unit's text
   * @returns `null` where nothing is known: the file does not parse or has no such expression
   */
  reaching(path: string, start: number): Arriving | null {
    const asked = this.files.get(path)?.asked.get(start);
    if (!asked) return null;
    const first = this.graph.idsOf(asked);
    const nearest = this.nearest(first);
    const close = this.ingredients(nearest);
    const reached = new Set(first);
    const isWhole = this.searched(reached);
    return {
      literals: this.literalsIn(reached),
      selfNames: close.selfNames,
      isCut: close.isCut,
      joined: [...nearest].flatMap((node) => this.joinedAt(node) ?? []),
      near: this.literalsIn(nearest),
      nearFiles: new Set([...[...nearest].flatMap((node) => this.graph.fileOf(node) ?? []), path]),
      isListed: [...reached].some((node) => this.calls.index.listsDirectory(node)),
      isWhole,
    };
  }

  /**
   * Literals that may be, or be part of, what calls of a file are given.
   * @param names the last names of what is called
   * @returns `null` where that is not known: the file does not parse, or too much may come there
   */
  givenTo(path: string, names: RegExp): readonly Literal[] | null {
    const file = this.files.get(path);
    if (!file) return null;
    const starts = [...file.called].flatMap(([start, name]) => (names.test(name) ? start : []));
    const reached = new Set(starts.flatMap((start) => this.graph.idsOf(file.asked.get(start) ?? [])));
    return this.searched(reached) ? this.literalsIn(reached) : null;
  }

  /**
   * The string is a value that goes somewhere; else it is only compared with, or looked for.
   * @param start offset of its content in the unit's text
   */
  isHandedOn(path: string, start: number): boolean {
    const literal = this.graph.id(literalNode(path, start));
    if (!this.literals.has(literal)) return true;
    const reached = new Set([literal]);
    for (const node of reached) {
      if (this.handedOn.has(node) || this.calls.index.takes(node) || this.graph.isShared.has(node)) return true;
      for (const next of this.graph.targets[node] as Id[]) reached.add(next);
    }
    return false;
  }

  private joinedAt(node: Id): Joined | null {
    const made = this.search.partsOf(node);
    if (made === null || (made.by === null && this.isProse(made.parts))) return null;
    const { parts, by } = made;
    const [first] = parts;
    return {
      pieces:
        by === null ? this.piecesOf(node, false) : parts.flatMap((part) => this.piecesOf(part, !this.isMade(part))),
      isRelative:
        first !== undefined && by !== 'join' && this.piecesOf(first, true).some(({ value }) => value[0] === '.'),
      ingredients: () => this.madeOf(node, parts),
    };
  }

  /** What says something of its own place counts where it is read close by; and where the search ends, so do strings. */
  private madeOf(node: Id, parts: readonly Id[]): Made {
    let found = this.made.get(node);
    if (!found) {
      const reached = new Set(parts);
      const isWhole = this.searched(reached);
      const near = this.ingredients(this.nearest(parts));
      found = { ...near, literals: isWhole ? this.literalsIn(reached) : near.literals, isWhole };
      this.made.set(node, found);
    }
    return found;
  }

  /** Names of modules have no spaces. */
  private isProse(parts: readonly Id[]): boolean {
    return parts.some((part) => /\s/.test(this.literals.get(part)?.value ?? ''));
  }

  private isMade(node: Id): boolean {
    return this.around.joined.has(node);
  }

  /** What an expression spells, by itself or in variables, where something follows it. */
  private piecesOf(node: Id, isFollowed: boolean, depth = 0): Literal[] {
    const literal = this.literals.get(node);
    if (literal) return isFollowed ? [literal] : [];
    if (depth > VARIABLES) return [];
    const sources = this.graph.sources[node] as Id[];
    const isMade = this.isMade(node);
    if (isMade && this.isProse(sources)) return [];
    return sources.flatMap((source, index) =>
      this.piecesOf(source, isFollowed || (isMade && index < sources.length - 1), depth + 1),
    );
  }

  private ingredients(nodes: ReadonlySet<Id>): Ingredients {
    const { selfNames } = this;
    const said = [...nodes].filter((node) => selfNames.has(node)).map((node) => selfNames.get(node) as SelfName);
    const isCut = [...nodes].some((node) => this.calls.index.cuts(node));
    return { literals: this.literalsIn(nodes), selfNames: new Set(said), isCut };
  }

  private literalsIn(nodes: ReadonlySet<Id>): Literal[] {
    return [...nodes].flatMap((node) => this.literals.get(node) ?? []);
  }

  /** Nodes by short ways. */
  private nearest(asked: readonly Id[]): Set<Id> {
    return new Search(this.near).nearest(asked, (node) => this.literals.has(node), NEAR);
  }

  /** Adds all nodes whose strings may be in one of these; false when that would take too long. */
  private searched(reached: Set<Id>): boolean {
    try {
      this.calls.steps.begin();
      this.search.extend(reached);
      return true;
    } catch (error) {
      // What was left half done must not be taken for an answer.
      this.search = new Search(this.around);
      if (error instanceof TooFar || error instanceof RangeError) return false;
      throw error;
    }
  }

  /** The file's strings are followed. */
  knows(path: string): boolean {
    return this.files.has(path);
  }
}

const nothingKnown = (): Surroundings['known'] => ({ sources: new Map(), given: new Map() });

function flowingFiles(codebase: Codebase): string[] {
  const isRun = (path: string) => isPythonKind(codebase.kind(path)) && codebase.kind(path) !== 'stub';
  return codebase.snapshot.files.map(({ path }) => path).filter(isRun);
}
