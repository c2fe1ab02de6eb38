/**
 * What the names in a recipe mean: modules to delete, a map of moves; and what of it was carried out before, so that a
 * recipe that is run again does the rest. A source that is gone counts as carried out only when the history knows it.
 */
import { createHash } from 'node:crypto';
import { normalize } from 'node:path/posix';
import type { Naming } from '../../transforms/plan-recipe.js';
import type { MovedFile, Problem, Snapshot } from '../core/model.js';
import { baseOf, isInside, join } from '../core/paths.js';
import { RegraftError } from '../core/problems.js';
import type { DedupePhase, MergePhase, MovePhase, Phase } from '../core/recipe.js';
import { findShims } from '../core/shims.js';
import { listRuns } from '../io/history.js';
import { pathsInHistory } from '../io/past.js';
import type { Environment } from './command.js';
import { mappedMoves } from './destinations.js';
import { intentOf } from './merge.js';
import { findPairs } from './pairs.js';
import { ranPhase } from './running-transforms.js';
import { type Session, sessionOn } from './session.js';

export interface Past {
  /** The repository had this file or directory once, or has it now. */
  had(path: string): boolean;
  /** Files that an earlier run of this very phase put into place; not for runs that were taken back. */
  landed(phase: MovePhase): ReadonlySet<string>;
}

/** What the log calls the runs of a phase that moves. */
export function subjectOf(phase: Phase): string {
  const what = wishOf(phase);
  return `phase ${createHash('sha256').update(JSON.stringify(what)).digest('hex').slice(0, 16)}`;
}

function wishOf(phase: Phase): unknown {
  if (phase.kind === 'move') return phase.moves;
  if (phase.kind === 'dedupe') return [phase.paths, phase.pairs];
  if (phase.kind === 'transform') return [phase.file, phase.options, phase.paths];
  return [phase.from, phase.into];
}

/** Asks git once, for all phases; the log only where nothing else can tell. */
export async function pastOf(session: Session, phases: readonly Phase[]): Promise<Past> {
  const known = await pathsInHistory(session.repository, askedPaths(session, phases));
  const files = (phase: Phase) =>
    listRuns(session.repository)
      .filter(({ kind, undoneBy, subject }) => kind === 'apply' && undoneBy === null && subject === subjectOf(phase))
      .flatMap((run) => run.commits.flatMap((landed) => landed.files));
  return {
    had: (path) => known.has(path) || stands(session.snapshot, path),
    landed: (phase) => new Set(files(phase).flatMap(({ path, after }) => (after === null ? [] : [path]))),
  };
}

/** Paths whose past decides what was done before. */
function askedPaths(session: Session, phases: readonly Phase[]): string[] {
  const { roots } = session.codebase.layout;
  const names = phases.flatMap((phase) => {
    if (phase.kind === 'dedupe')
      return [...phase.paths.flatMap((path) => withDuplicates(path, phase)), ...removed(phase)];
    if (phase.kind === 'merge') return [...phase.from, phase.into];
    return phase.kind === 'move' ? phase.moves.flatMap(({ from, to }) => [from, destinationOf(from, to)]) : [];
  });
  const paths = new Set(names.flatMap((name) => placesOf(name, roots)));
  return [...paths].filter((path) => !stands(session.snapshot, path));
}

export function namingFor(environment: Environment, session: Session, past: Past): Naming {
  return {
    pairs: (phase, snapshot) => new Names(sessionOn(session, snapshot), past).pairs(phase),
    moves: (phase, snapshot) => new Names(sessionOn(session, snapshot), past).moves(phase),
    merges: (phase, snapshot) => new Names(sessionOn(session, snapshot), past).merges(phase),
    transforms: (phase, snapshot) => ranPhase(environment, sessionOn(session, snapshot), phase),
  };
}

class Names {
  private shims: ReadonlySet<string> | undefined;

  constructor(
    private readonly session: Session,
    private readonly past: Past,
  ) {}

  pairs(phase: DedupePhase): ReturnType<Naming['pairs']> {
    const gone = removed(phase).filter((name) => this.isGone(name));
    const pairs = phase.pairs.filter(({ remove }) => !gone.includes(remove));
    const finished = phase.paths.filter((path) => this.isFinished(path, phase));
    const done = [...gone, ...finished];
    const nothingLeft =
      (phase.pairs.length > 0 || phase.paths.length > 0) &&
      pairs.length === 0 &&
      finished.length === phase.paths.length;
    if (nothingLeft) return { todo: [], done, problems: [] };
    return caught(phase, done, () => {
      const found = findPairs(this.session, this.session.repository.top, {
        paths: phase.paths.filter((path) => !finished.includes(path)),
        suffixes: phase.suffixes,
        pairs: pairs.map(({ remove, keep }) => `${remove}=${keep}`),
        forDeletion: true,
      });
      return { todo: found.pairs, done, problems: found.unreadable };
    });
  }

  moves(phase: MovePhase): ReturnType<Naming['moves']> {
    const carriedOut = this.carriedOut(phase);
    const done = [...carriedOut].map(({ from }) => from);
    // One by one: a source that stands twice in a list must keep both its destinations, to be refused.
    const open = phase.moves.filter((move) => !carriedOut.has(move));
    const named = open.map((move) =>
      caught(phase, [], () => ({ todo: mappedMoves(this.session, [move]), done: [], problems: [] })),
    );
    return { todo: named.flatMap(({ todo }) => todo), done, problems: named.flatMap(({ problems }) => problems) };
  }

  /** A merge is carried out when the module stands there and the others are gone, or are shims. */
  merges(phase: MergePhase): ReturnType<Naming['merges']> {
    const others = phase.from.filter((name) => !this.means(name, phase.into));
    const isDone = this.stands(phase.into) && others.every((name) => this.isGone(name) || this.isShim(name));
    if (isDone && others.length > 0) return { todo: [], done: phase.from, problems: [] };
    return caught(phase, [], () => {
      const { from, into, conflicts, rename, keep, shims, accept, rewrite } = phase;
      const asked = { names: from, into, conflicts, rename, keep, shims, accept, rewrite };
      return { todo: [intentOf(this.session, this.session.repository.top, asked)], done: [], problems: [] };
    });
  }

  private means(name: string, other: string): boolean {
    const places = this.places(other);
    return this.places(name).some((path) => places.includes(path));
  }

  /**
   * A move is carried out when its source is gone, or is a shim. A source may also be there again because another move of
   * the same map has put its own file there; where moves go round in a circle, only the log can tell.
   */
  private carriedOut(phase: MovePhase): Set<MovedFile> {
    let log: ReadonlySet<string> | undefined;
    const hasLanded = (path: string) => {
      log ??= this.past.landed(phase);
      return log.has(path);
    };
    const places = (move: MovedFile) => this.places(destinationOf(move.from, move.to));
    const arrived = (move: MovedFile) => places(move).some((path) => this.knows(path));
    const isLogged = (move: MovedFile) =>
      this.stands(move.from) && places(move).some((path) => stands(this.session.snapshot, path) && hasLanded(path));
    const isAway = (move: MovedFile) => arrived(move) && (this.isGone(move.from) || this.isShim(move.from));
    const done = new Set(phase.moves.filter((move) => isAway(move) || isLogged(move)));
    for (let before = -1; before < done.size; ) {
      before = done.size;
      const taken = new Set([...done].flatMap(places));
      for (const move of phase.moves)
        if (this.places(move.from).some((path) => taken.has(path)) && arrived(move)) done.add(move);
    }
    return done;
  }

  /** Not there, and was there once. */
  private isGone(name: string): boolean {
    const places = this.places(name);
    const [written] = places;
    // What was a path is not taken for a dotted name once the path is gone.
    if (written !== undefined && this.past.had(written)) return !stands(this.session.snapshot, written);
    return !places.some((path) => stands(this.session.snapshot, path)) && places.some((path) => this.past.had(path));
  }

  private isShim(name: string): boolean {
    this.shims ??= new Set(findShims(this.session.codebase).map(({ path }) => path));
    const { shims } = this;
    return this.places(name).some((path) => shims.has(path) || shims.has(join(path, '__init__.py')));
  }

  private knows(path: string): boolean {
    return stands(this.session.snapshot, path) || this.past.had(path);
  }

  /** It is gone, or it stays and its duplicates are gone. */
  private isFinished(name: string, phase: DedupePhase): boolean {
    if (this.isGone(name)) return true;
    const duplicates = withDuplicates(name, phase).slice(1);
    return duplicates.some((duplicate) => this.isGone(duplicate)) && duplicates.every((each) => !this.stands(each));
  }

  private stands(name: string): boolean {
    return this.places(name).some((path) => stands(this.session.snapshot, path));
  }

  private places(name: string): string[] {
    return placesOf(name, this.session.codebase.layout.roots);
  }
}

function stands(snapshot: Snapshot, path: string): boolean {
  return snapshot.entry(path) !== undefined || snapshot.files.some((file) => isInside(file.path, path));
}

const removed = (phase: DedupePhase): string[] => phase.pairs.map(({ remove }) => remove);

/** A module that is to keep, and what its duplicates would be called. */
function withDuplicates(name: string, { suffixes }: DedupePhase): string[] {
  const isModule = name.endsWith('.py');
  return [name, ...(isModule ? suffixes.map((suffix) => `${name.slice(0, -'.py'.length)}${suffix}.py`) : [])];
}

/** A destination with a final `/` is a directory to move into. */
function destinationOf(from: string, to: string): string {
  return to.endsWith('/') ? join(to.replace(/\/+$/, ''), baseOf(from)) : to;
}

/** The files and directories that a name may mean, without looking whether they are there. */
function placesOf(name: string, roots: readonly string[]): string[] {
  const path = normalize(name).replace(/^\.\/?|\/$/g, '');
  if (path === '' || path.startsWith('..') || path.startsWith('/')) return [];
  if (/\.\w+$/.test(path) && (path.includes('/') || path.endsWith('.py'))) return [path];
  const dotted = path.includes('/') ? [] : roots.map((root) => join(root, path.replaceAll('.', '/')));
  return [path, ...dotted].flatMap((place) => [place, `${place}.py`]);
}

/** What cannot be named stands in the way of its own phase, at its place in the recipe where it has none. */
function caught<T extends { readonly problems: readonly Problem[]; readonly done: readonly string[] }>(
  phase: Phase,
  done: readonly string[],
  name: () => T,
): T | { readonly todo: []; readonly done: readonly string[]; readonly problems: readonly Problem[] } {
  try {
    return name();
  } catch (error) {
    if (!(error instanceof RegraftError)) throw error;
    const problems = error.problems.map((each) => (each.line === null ? { ...each, ...phase.place } : each));
    return { todo: [], done, problems };
  }
}
