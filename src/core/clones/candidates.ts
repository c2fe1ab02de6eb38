/**
 * Which files, and which functions, could be copies of each other: an index over stretches of lines, once as they are written
 * and once with identifiers set aside, so that nothing is ever compared with everything.
 */
import type { CodePrint, FunctionPrint } from './model.js';
import { forEachRun, type Run } from './sorted.js';

/** Two files or two functions, by number, the lower one first, with the share of the smaller one that may be the other's. */
export interface Candidate {
  readonly a: number;
  readonly b: number;
  readonly share: number;
}

export interface FunctionPlace {
  readonly file: number;
  /** Index into its print's functions. */
  readonly index: number;
}

export interface Candidates {
  readonly files: readonly Candidate[];
  /** Functions of at least the size that was asked for. */
  readonly functions: readonly FunctionPlace[];
  readonly functionPairs: readonly Candidate[];
  /** Functions of one shape, by number; at least two in each. */
  readonly alike: readonly (readonly number[])[];
}

/** What stands in more files than this is idiom: it joins neighbours only, which still joins a large family of copies. */
const IDIOM = 16;

/** Shares below these are chance. */
const FILE_SHARE = 0.3;
const FUNCTION_SHARE = 0.5;

/** With identifiers set aside, a shorter stretch of lines looks like many others; so much has a look of its own. */
const TELLING_TOKENS = 24;
const TELLING_LINES = 8;

/** @param least tokens of a function that is worth reporting */
export function findCandidates(prints: readonly CodePrint[], least: number): Candidates {
  const functions = largeFunctions(prints, least);
  const written = linePairs(prints, functions);
  const shaped = shapedStretches(prints);
  const ofFiles = new Shares(prints.length);
  const ofFunctions = new Shares(functions.length);
  forEachRun(
    written.keys,
    (run) => {
      const weight = firstOf(run, written.weights);
      ofFiles.add(run, written.files, weight);
      ofFunctions.add(run, written.functions, weight);
    },
    (index) => {
      ofFiles.addOne(written.files[index] as number, written.weights[index] as number);
      ofFunctions.addOne(written.functions[index] as number, written.weights[index] as number);
    },
  );
  const ofShapes = new Shares(prints.length);
  forEachRun(
    shaped.keys,
    (run) => ofShapes.add(run, shaped.files, firstOf(run, shaped.weights)),
    (index) => ofShapes.addOne(shaped.files[index] as number, shaped.weights[index] as number),
  );
  return {
    files: united(ofFiles.ofSmaller(FILE_SHARE), ofShapes.ofSmaller(FILE_SHARE)),
    functions,
    functionPairs: ofFunctions.ofLarger(FUNCTION_SHARE),
    alike: ofOneShape(prints, functions),
  };
}

function largeFunctions(prints: readonly CodePrint[], least: number): FunctionPlace[] {
  const places: FunctionPlace[] = [];
  for (const [file, { functions }] of prints.entries())
    for (const [index, { tokens }] of functions.entries()) if (tokens >= least) places.push({ file, index });
  return places;
}

function printOf(prints: readonly CodePrint[], { file, index }: FunctionPlace): FunctionPrint {
  return (prints[file] as CodePrint).functions[index] as FunctionPrint;
}

/** Stretches of lines: what each looks like, where it stands, how many tokens it stands for. */
interface Stretches {
  readonly keys: Uint32Array;
  readonly files: Uint32Array;
  readonly weights: Uint16Array;
}

const NO_FUNCTION = 0xffffffff;

/** Each two neighbouring lines as they are written. */
function linePairs(
  prints: readonly CodePrint[],
  places: readonly FunctionPlace[],
): Stretches & { readonly functions: Uint32Array } {
  const total = prints.reduce((sum, { hashes }) => sum + Math.max(0, hashes.length - 1), 0);
  const keys = new Uint32Array(total);
  const files = new Uint32Array(total);
  const weights = new Uint16Array(total);
  const functions = new Uint32Array(total).fill(NO_FUNCTION);
  let at = 0;
  let next = 0;
  for (const [file, { hashes, sizes }] of prints.entries()) {
    for (; places[next]?.file === file; next++) {
      const { from, to } = printOf(prints, places[next] as FunctionPlace);
      functions.fill(next, at + from, at + to - 1);
    }
    for (let line = 0; line + 1 < hashes.length; line++, at++) {
      keys[at] = Math.imul(hashes[line] as number, 0x9e3779b1) ^ (hashes[line + 1] as number);
      files[at] = file;
      weights[at] = (sizes[line] as number) + (sizes[line + 1] as number);
    }
  }
  return { keys, files, weights, functions };
}

/** From each line on as many as are telling, identifiers set aside. */
function shapedStretches(prints: readonly CodePrint[]): Stretches {
  const total = prints.reduce((sum, { shapes }) => sum + shapes.length, 0);
  const keys = new Uint32Array(total);
  const files = new Uint32Array(total);
  const weights = new Uint16Array(total);
  let at = 0;
  for (const [file, { shapes, sizes }] of prints.entries()) {
    for (let line = 0; line < shapes.length; line++) {
      let key = 0;
      let tokens = 0;
      const last = Math.min(line + TELLING_LINES, shapes.length);
      for (let each = line; each < last && tokens < TELLING_TOKENS; each++) {
        key = Math.imul(key ^ (shapes[each] as number), 0x9e3779b1) ^ (key >>> 15);
        tokens += sizes[each] as number;
      }
      if (tokens < TELLING_TOKENS) continue;
      keys[at] = key;
      files[at] = file;
      weights[at] = sizes[line] as number;
      at++;
    }
  }
  return { keys: keys.subarray(0, at), files: files.subarray(0, at), weights: weights.subarray(0, at) };
}

function firstOf({ order, from }: Run, values: Uint16Array): number {
  return values[order[from] as number] as number;
}

const FACTOR = 0x4000000;

/** How much two things have in common, of how much each of them has. */
class Shares {
  private readonly weights: Float64Array;
  private readonly common = new Map<number, number>();
  /** Owners of the run at hand, rising. */
  private readonly found: number[] = [];

  /** @param count of the things, which are numbers below it */
  constructor(count: number) {
    this.weights = new Float64Array(count);
  }

  /** @param run stretches that look alike, in the order of their owners */
  add({ order, from, to }: Run, owners: Uint32Array, weight: number): void {
    const { found, weights } = this;
    found.length = 0;
    let last = NO_FUNCTION;
    for (let at = from; at < to; at++) {
      const owner = owners[order[at] as number] as number;
      if (owner === NO_FUNCTION || owner === last) continue;
      last = owner;
      weights[owner] = (weights[owner] as number) + weight;
      found.push(owner);
    }
    if (found.length > 1) this.join(found, weight);
  }

  /** What stands nowhere else. */
  addOne(owner: number, weight: number): void {
    if (owner !== NO_FUNCTION) this.weights[owner] = (this.weights[owner] as number) + weight;
  }

  private join(owners: readonly number[], weight: number): void {
    for (let a = 0; a + 1 < owners.length; a++) {
      const last = owners.length > IDIOM ? a + 2 : owners.length;
      for (let b = a + 1; b < last; b++) {
        const key = (owners[a] as number) * FACTOR + (owners[b] as number);
        this.common.set(key, (this.common.get(key) ?? 0) + weight);
      }
    }
  }

  ofSmaller(least: number): Candidate[] {
    return this.above(least, Math.min);
  }

  ofLarger(least: number): Candidate[] {
    return this.above(least, Math.max);
  }

  private above(least: number, base: (a: number, b: number) => number): Candidate[] {
    const found: Candidate[] = [];
    for (const [key, weight] of this.common) {
      const [a, b] = [Math.floor(key / FACTOR), key % FACTOR];
      const share = weight / Math.max(1, base(this.weights[a] as number, this.weights[b] as number));
      if (share >= least) found.push({ a, b, share });
    }
    return found.sort(byNumber);
  }
}

function byNumber(x: Candidate, y: Candidate): number {
  return x.a - y.a || x.b - y.b;
}

/** Of a pair that both name, the larger share. */
function united(first: readonly Candidate[], second: readonly Candidate[]): Candidate[] {
  const pairs = new Map<number, Candidate>();
  for (const each of [...first, ...second]) {
    const key = each.a * FACTOR + each.b;
    const known = pairs.get(key);
    if (!known || known.share < each.share) pairs.set(key, each);
  }
  return [...pairs.values()].sort(byNumber);
}

function ofOneShape(prints: readonly CodePrint[], places: readonly FunctionPlace[]): number[][] {
  const byShape = new Map<number, number[]>();
  for (const [number, place] of places.entries()) {
    const { shape } = printOf(prints, place);
    const known = byShape.get(shape);
    if (known) known.push(number);
    else byShape.set(shape, [number]);
  }
  return [...byShape.values()].filter((each) => each.length > 1);
}
