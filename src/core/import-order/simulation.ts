/** Imports each of many modules in a fresh simulated interpreter. What they share, the packages above them, runs once. */
import type { Linker } from '../linker.js';
import { directoryOf, isPackageInit, join } from '../paths.js';
import { call } from './calls.js';
import { evaluate } from './expressions.js';
import { load } from './imports.js';
import { Machine } from './machine.js';
import { Needs } from './needs.js';
import { type Effect, type Failure, Raised, type Recorded } from './outcomes.js';
import { Settled } from './settled.js';
import { run } from './steps.js';
import { RanFiles } from './system-modules.js';
import { Texts } from './texts.js';

/** What importing one module does. */
export interface Outcome {
  /** Why it cannot be imported; `null` if it can. */
  readonly fatal: Failure | null;
  readonly ran: RanFiles;
  readonly failures: readonly Recorded[];
  readonly effects: readonly Effect[];
}

export class Simulation {
  readonly needs = new Needs();
  private readonly texts: Texts;
  private readonly settled = new Settled();

  constructor(private readonly linker: Linker) {
    this.texts = new Texts(linker);
  }

  /** The outcome for each path. */
  outcomes(paths: Iterable<string>): Map<string, Outcome> {
    const machine = new Machine(this.linker, this.texts, this.needs, this.settled, { run, evaluate, call });
    const wanted = new Set(paths);
    const found = new Map<string, Outcome>();
    const below = this.belowPackages(wanted);
    const visit = (path: string, above: Outcome | null): void => {
      const mark = machine.mark();
      const outcome = this.outcome(machine, path, above);
      if (wanted.has(path)) found.set(path, outcome);
      for (const child of below.get(path) ?? []) visit(child, outcome);
      machine.back(mark);
    };
    for (const path of below.get('') ?? []) visit(path, null);
    return found;
  }

  /** The modules to be imported, by the package file that runs before them; `''` for those without one. */
  private belowPackages(paths: ReadonlySet<string>): Map<string, string[]> {
    const below = new Map<string, string[]>();
    const seen = new Set<string>();
    for (const path of paths) {
      for (let here: string | null = path; here !== null && !seen.has(here); here = this.packageOf(here)) {
        seen.add(here);
        const parent = this.packageOf(here) ?? '';
        below.set(parent, [...(below.get(parent) ?? []), here]);
      }
    }
    return below;
  }

  private packageOf(path: string): string | null {
    const own = directoryOf(path);
    if (isPackageInit(path) && own === '') return null;
    const { layout } = this.linker.codebase;
    let directory = isPackageInit(path) ? directoryOf(own) : own;
    const init = () => join(directory, '__init__.py');
    while (!layout.has(init()) && layout.isPartOfPackage(directory)) directory = directoryOf(directory);
    return layout.has(init()) ? init() : null;
  }

  private outcome(machine: Machine, path: string, above: Outcome | null): Outcome {
    if (above && (above.fatal || machine.modules.has(path))) return above;
    const { layout } = this.linker.codebase;
    const parent = this.packageOf(path);
    const own = layout.tree.isSecondary(path) ? null : found(path);
    let fatal: Failure | null = null;
    try {
      if (own) load(machine, parent === null ? [own] : [found(parent), own], null);
    } catch (error) {
      fatal = fatalOf(machine, error);
    }
    const failures = machine.failures.slice();
    if (fatal) failures.push({ failure: fatal, fate: 'fatal' });
    const ran = new RanFiles(machine.ran, machine.modules.restored, this.settled);
    return { fatal, ran, failures, effects: machine.effects.slice() };
  }
}

function found(path: string): { kind: 'package' | 'module'; path: string } {
  return { kind: isPackageInit(path) ? 'package' : 'module', path };
}

/** A chain of imports too deep to follow decides nothing. */
function fatalOf(machine: Machine, error: unknown): Failure | null {
  machine.frames.length = 0;
  machine.loading.clear();
  machine.activeCalls.clear();
  if (error instanceof Raised) return error.failure;
  if (error instanceof RangeError) return null;
  throw error;
}
