/** Modules that cannot be imported as they are, each imported first in a fresh interpreter. */
import type { Linker } from '../linker.js';
import type { ChainLink, Failure } from './outcomes.js';
import { Simulation } from './simulation.js';

/** One cause, with the modules whose import it ends. */
export interface Unimportable {
  readonly failure: Failure;
  /** In the order that was asked for, each with the statements that lead from it to the failure. */
  readonly modules: readonly { readonly path: string; readonly chain: readonly ChainLink[] }[];
}

/** A module that raises an exception of its own says that something else is needed: that is no fault of the imports. */
export function unimportable(linker: Linker, paths: readonly string[]): Unimportable[] {
  const causes = new Map<string, { failure: Failure; modules: { path: string; chain: readonly ChainLink[] }[] }>();
  const outcomes = new Simulation(linker).outcomes(paths);
  for (const path of paths) {
    const failure = outcomes.get(path)?.fatal;
    if (!failure || failure.what.kind === 'raise') continue;
    const key = [failure.path, failure.line, failure.message].join('\0');
    const known = causes.get(key);
    const module = { path, chain: failure.chain };
    if (known) known.modules.push(module);
    else causes.set(key, { failure, modules: [module] });
  }
  return [...causes.values()];
}
