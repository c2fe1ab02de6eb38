/** Recipes: what a person wrote down to be done to a repository, phase by phase. Values only; what it means for a repository is planned elsewhere. */
import { parseAcceptances } from './accept.js';
import type { MovedFile, Place, Problem } from './model.js';
import { problem, RegraftError } from './problems.js';
import {
  KINDS,
  knownKeys,
  mapSchema,
  recipeSchema,
  type WrittenMap,
  type WrittenPhase,
  type WrittenRecipe,
} from './recipe-schema.js';
import { shapeProblems } from './shape-problems.js';
import { type Keys, readYaml, type Written } from './yaml-text.js';

export interface Recipe {
  readonly verify: readonly string[];
  readonly phases: readonly Phase[];
}

interface PhaseHead {
  readonly name: string;
  /** Where its operation stands in the recipe. */
  readonly place: Place;
  /** Besides the recipe's own. */
  readonly verify: readonly string[];
  readonly accept: readonly string[];
}

export interface DedupePhase extends PhaseHead {
  readonly kind: 'dedupe';
  /** As written: paths or dotted names from the top of the repository. */
  readonly paths: readonly string[];
  readonly suffixes: readonly string[];
  readonly pairs: readonly { readonly keep: string; readonly remove: string }[];
  readonly batchSize: number;
}

export interface MovePhase extends PhaseHead {
  readonly kind: 'move';
  /** As written: paths or dotted names from the top of the repository. */
  readonly moves: readonly MovedFile[];
  readonly shims: boolean;
  readonly withTests: boolean;
  readonly prune: boolean;
  readonly rewrite: readonly string[];
  /** Moves per commit; 0 for all in one. */
  readonly batchSize: number;
}

export interface MergePhase extends PhaseHead {
  readonly kind: 'merge';
  /** As written: paths or dotted names from the top of the repository. */
  readonly from: readonly string[];
  readonly into: string;
  readonly conflicts: 'refuse' | 'rename';
  /** `PATH:NAME` or `PATH:NAME=NEW`. */
  readonly rename: readonly string[];
  /** `PATH:NAME`. */
  readonly keep: readonly string[];
  readonly shims: boolean;
  readonly rewrite: readonly string[];
}

export interface TransformPhase extends PhaseHead {
  readonly kind: 'transform';
  /** A file, from the top of the repository, or the name of a built-in transform. */
  readonly file: string;
  readonly options: Readonly<Record<string, string>>;
  /** As written, from the top of the repository. */
  readonly paths: readonly string[];
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Files per commit; 0 for all in one. */
  readonly batchSize: number;
}

export type Phase = DedupePhase | MovePhase | MergePhase | TransformPhase;

/** @param path how problems name the file. @throws RegraftError `bad-yaml`, `bad-recipe` with every place */
export function parseRecipe(path: string, text: string): Recipe {
  const written = readYaml(path, text);
  const parsed = recipeSchema.safeParse(written.value);
  if (!parsed.success)
    throw new RegraftError(shapeProblems(parsed.error.issues, written, { code: 'bad-recipe', knownKeys }));
  const problems = parsed.data.phases.flatMap((phase, index) => phaseProblems(phase, index, written));
  if (problems.length > 0) throw new RegraftError(problems);
  return recipeOf(parsed.data, written);
}

/** A map of moves by itself. @throws RegraftError `bad-yaml`, `bad-map` with every place */
export function parseMap(path: string, text: string): MovedFile[] {
  const written = readYaml(path, text);
  const parsed = mapSchema.safeParse(written.value);
  if (parsed.success) return movesOf(parsed.data);
  throw new RegraftError(shapeProblems(parsed.error.issues, written, { code: 'bad-map', knownKeys }));
}

/** Options that mean something to some operations only. */
const SOMETIMES = ['shims', 'with-tests', 'prune', 'rewrite'] as const;
const MEANT: Readonly<Partial<Record<(typeof KINDS)[number], readonly string[]>>> = {
  move: SOMETIMES,
  merge: ['shims', 'rewrite'],
};

function phaseProblems(phase: WrittenPhase, index: number, written: Written): Problem[] {
  const kinds = KINDS.filter((kind) => phase[kind] !== undefined);
  const place = written.place(['phases', index]);
  const hint = `give it one of ${KINDS.join(', ')}`;
  if (kinds.length !== 1) {
    const what = kinds.length === 0 ? 'says nothing to do' : `does several things: ${kinds.join(', ')}`;
    return [problem('bad-recipe', `phase '${phase.name}' ${what}`, { place, hint })];
  }
  const meaningless = [
    ...badAcceptances(phase.accept, ['phases', index, 'accept'], written),
    ...badAcceptances(phase.dedupe?.accept, ['phases', index, 'dedupe', 'accept'], written),
    ...badAcceptances(phase.merge?.accept, ['phases', index, 'merge', 'accept'], written),
    ...badAcceptances(phase.transform?.accept, ['phases', index, 'transform', 'accept'], written),
  ];
  const meant = MEANT[kinds[0] as (typeof KINDS)[number]] ?? [];
  const foreign = SOMETIMES.filter((option) => phase[option] !== undefined && !meant.includes(option)).map((option) =>
    problem('bad-recipe', `'${option}' means nothing in a phase of ${kinds[0]}`, {
      place: written.keyPlace(['phases', index, option]),
      hint: 'it belongs to a phase that moves',
    }),
  );
  return [...meaningless, ...foreign];
}

function badAcceptances(values: Values, keys: Keys, written: Written): Problem[] {
  return parseAcceptances(list(values)).problems.map((each) => ({ ...each, ...written.place(keys) }));
}

function recipeOf({ verify, phases }: WrittenRecipe, written: Written): Recipe {
  return { verify: list(verify), phases: phases.map((phase, index) => phaseOf(phase, index, written)) };
}

function phaseOf(phase: WrittenPhase, index: number, written: Written): Phase {
  const kind = KINDS.find((each) => phase[each] !== undefined) ?? 'transform';
  const place = written.keyPlace(['phases', index, kind]);
  const head = { name: phase.name, place, verify: list(phase.verify), accept: list(phase.accept) };
  if (phase.dedupe !== undefined) {
    const { paths, suffix, pairs, accept } = phase.dedupe;
    return {
      ...head,
      kind: 'dedupe',
      accept: [...head.accept, ...list(accept)],
      paths: list(paths),
      suffixes: list(suffix),
      pairs: pairsOf(pairs ?? []),
      batchSize: phase['batch-size'] ?? 1,
    };
  }
  if (phase.merge !== undefined) {
    const { from, into, conflicts, rename, keep, accept } = phase.merge;
    return {
      ...head,
      kind: 'merge',
      accept: [...head.accept, ...list(accept)],
      from,
      into,
      conflicts: conflicts ?? 'refuse',
      rename: list(rename),
      keep: list(keep),
      shims: phase.shims ?? false,
      rewrite: list(phase.rewrite),
    };
  }
  if (phase.transform !== undefined) {
    const { file, options, paths, include, exclude, accept } = phase.transform;
    return {
      ...head,
      kind: 'transform',
      accept: [...head.accept, ...list(accept)],
      file,
      options: Object.fromEntries(Object.entries(options ?? {}).map(([key, value]) => [key, String(value)])),
      paths: list(paths),
      include: list(include),
      exclude: list(exclude),
      batchSize: phase['batch-size'] ?? 0,
    };
  }
  return {
    ...head,
    kind: 'move',
    moves: movesOf(phase.move ?? []),
    shims: phase.shims ?? false,
    withTests: phase['with-tests'] ?? false,
    prune: phase.prune ?? false,
    rewrite: list(phase.rewrite),
    batchSize: phase['batch-size'] ?? 0,
  };
}

type Values = string | readonly string[] | undefined;

function list(value: Values): readonly string[] {
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}

function movesOf(map: WrittenMap): MovedFile[] {
  return Array.isArray(map) ? map : Object.entries(map).map(([from, to]) => ({ from, to }));
}

type WrittenPairs = NonNullable<NonNullable<WrittenPhase['dedupe']>['pairs']>;

function pairsOf(pairs: WrittenPairs): { keep: string; remove: string }[] {
  return Array.isArray(pairs) ? pairs : Object.entries(pairs).map(([remove, keep]) => ({ remove, keep }));
}
