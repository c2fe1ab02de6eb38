/** Files that people keep for the tool: recipes, maps of moves, baselines. Read whole, bounded, never executed. */
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Baseline } from '../core/clones/baseline.js';
import { parseBaseline } from '../core/clones/baseline-schema.js';
import type { KnownProblems } from '../core/known-problems.js';
import { parseKnownProblems } from '../core/known-problems-schema.js';
import type { MovedFile } from '../core/model.js';
import { problem, RegraftError } from '../core/problems.js';
import { parseMap, parseRecipe, type Recipe } from '../core/recipe.js';

/** Anything larger would be refused by the reader too; this keeps it from being loaded. */
const LARGEST = 4 * 1024 * 1024;

/** A recipe, relative to where the user stands. @throws RegraftError `no-recipe`, `bad-yaml`, `bad-recipe` */
export function readRecipe(directory: string, file: string): Recipe {
  return parseRecipe(file, textOf(directory, file, 'no-recipe'));
}

/** A mapping of FROM to TO, in YAML or JSON. @throws RegraftError `no-map`, `bad-yaml`, `bad-map` */
export function readMap(directory: string, file: string): MovedFile[] {
  return parseMap(file, textOf(directory, file, 'no-map'));
}

/** What duplicates were known, from `duplicates --save`. @throws RegraftError `no-baseline`, `bad-baseline` */
export function readBaseline(directory: string, file: string): Baseline {
  return parseBaseline(file, textOf(directory, file, 'no-baseline'));
}

/** What problems were known, from `check --save`. @throws RegraftError `no-baseline`, `bad-baseline` */
export function readKnownProblems(directory: string, file: string): KnownProblems {
  return parseKnownProblems(file, textOf(directory, file, 'no-baseline'));
}

function textOf(directory: string, file: string, code: string): string {
  const fail = (why: string, hint: string) =>
    new RegraftError(problem(code, `cannot read ${file}: ${why}`, { place: file, hint }));
  try {
    const path = resolve(directory, file);
    const found = statSync(path);
    // Reading a pipe or a device may never end.
    if (!found.isFile()) throw fail('it is no regular file', 'name a file in YAML or JSON');
    if (found.size > LARGEST) throw fail('it is larger than 4 MiB', 'keep less in one file');
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    if (error instanceof RegraftError) throw error;
    if (error instanceof TypeError) throw fail('it is not UTF-8', 'save it as UTF-8');
    throw fail((error as NodeJS.ErrnoException).code ?? 'unknown error', 'name a file in YAML or JSON');
  }
}
