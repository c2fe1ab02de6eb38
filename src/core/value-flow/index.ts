/** Which strings of the repository may become the value of an expression. */
import { type Codebase, isPythonKind } from '../codebase.js';
import type { Linker } from '../linker.js';
import { addTo } from './call-index.js';
import { Calls, TooFar } from './calls.js';
import { Families } from './families.js';
import { Graph, type Id } from './graph.js';
import type { FileFlow, Literal } from './model.js';
import { readFlow } from './read-file.js';
import { Search, type Surroundings } from './search.js';

export type { Literal } from './model.js';

/** What may arrive at an expression. */
export interface Arriving {
  readonly literals: readonly Literal[];
  /** Those of them that come by a short way. */
  readonly near: readonly Literal[];
  /** Files that the short ways lead through. */
  readonly nearFiles: ReadonlySet<string>;
  /** What a directory holds may be among it. */
  readonly isListed: boolean;
  /** False where the search was ended: more may arrive, but not by a short way. */
  readonly isWhole: boolean;
}

/** Nodes, literals not counted, that are met first: what puts a name together stands close to where it is imported. */
const NEAR = 300;

const known = new WeakMap<Linker, ValueFlow>();

/** The value flow of one state of the repository, computed when it is first asked for. */
export function valueFlowOf(linker: Linker): ValueFlow {
  const found = known.get(linker) ?? new ValueFlow(linker);
  known.set(linker, found);
  return found;
}

class ValueFlow {
  private readonly files = new Map<string, FileFlow>();
  private readonly literals = new Map<Id, Literal>();
  private readonly graph: Graph;
  private readonly calls: Calls;
  private readonly around: Surroundings;
  private search: Search;

  constructor(linker: Linker) {
    const { codebase } = linker;
    for (const path of flowingFiles(codebase)) {
      const unit = codebase.unitOrNone(path);
      if (unit && unit.facts.syntaxErrors.length === 0) this.files.set(path, readFlow(linker, unit));
    }
    const files = [...this.files.values()];
    const families = new Families(files);
    this.graph = new Graph(files, families);
    this.calls = new Calls(this.graph, families, files);
    this.around = this.aroundOf(files, families);
    this.search = new Search(this.around);
  }

  private aroundOf(files: readonly FileFlow[], families: Families): Surroundings {
    const { graph, calls } = this;
    const within = new Map<Id, Id>();
    const containers = new Set<Id>();
    const changes = new Map<Id, Id[]>();
    for (const file of files) {
      for (const [node, literal] of file.literals) this.literals.set(graph.id(node), literal);
      for (const [node, owner] of file.within) within.set(graph.id(node), graph.id(owner));
      for (const node of file.containers) containers.add(graph.id(node));
      for (const [value, object] of file.changes) addTo(changes, graph.id(object), graph.id(value));
    }
    return { graph, calls, families, within, containers, changes };
  }

  /**
   * Literals that may be, or be part of, what decides a call or a subscript.
   * @param start offset of the expression in the unit's text
   * @returns `null` where nothing is known: the file does not parse or has no such expression, or too much may come there
   */
  reaching(path: string, start: number): Arriving | null {
    const asked = this.files.get(path)?.asked.get(start);
    if (!asked) return null;
    const first = this.calls.ids(asked);
    const nearest = this.nearest(first);
    if (nearest === null) return null;
    const reached = new Set(first);
    const isWhole = this.searched(reached);
    return {
      literals: this.literalsIn(reached),
      near: this.literalsIn(nearest),
      nearFiles: new Set([...[...nearest].flatMap((node) => this.graph.fileOf(node) ?? []), path]),
      isListed: [...reached].some((node) => this.calls.index.listsDirectory(node)),
      isWhole,
    };
  }

  private literalsIn(nodes: ReadonlySet<Id>): Literal[] {
    return [...nodes].flatMap((node) => this.literals.get(node) ?? []);
  }

  private nearest(asked: readonly Id[]): Set<Id> | null {
    const isLiteral = (node: Id) => this.literals.has(node);
    return this.attempt(() => this.search.nearest(asked, isLiteral, NEAR));
  }

  /** Adds all nodes whose strings may be in one of these; false when that would take too long. */
  private searched(reached: Set<Id>): boolean {
    const isDone = this.attempt(() => {
      this.search.extend(reached);
      return true;
    });
    return isDone ?? false;
  }

  /** `null` when it would take too long. */
  private attempt<T>(action: () => T): T | null {
    try {
      this.calls.begin();
      return action();
    } catch (error) {
      // What was left half done must not be taken for an answer.
      this.search = new Search(this.around);
      if (error instanceof TooFar || error instanceof RangeError) return null;
      throw error;
    }
  }

  /** The file's strings are followed. */
  knows(path: string): boolean {
    return this.files.has(path);
  }
}

function flowingFiles(codebase: Codebase): string[] {
  const isRun = (path: string) => isPythonKind(codebase.kind(path)) && codebase.kind(path) !== 'stub';
  return codebase.snapshot.files.map(({ path }) => path).filter(isRun);
}
