/** Which functions are copies: of equal code, of equal shape under other names, or alike line by line. */
import { similarity } from '../similarity.js';
import type { Candidates, FunctionPlace } from './candidates.js';
import { completeLinkage, type Link } from './linkage.js';
import type { CodePrint, FunctionPrint } from './model.js';

export type FunctionKind = 'identical' | 'renamed' | 'near';

/** Functions that are all alike, in the order of their files. */
export interface FunctionGroup {
  /** `identical`: the same code; `renamed`: the same but for identifiers; `near`: some lines differ. */
  readonly kind: FunctionKind;
  /** Of the two that are least alike, 0 to 1. */
  readonly similarity: number;
  readonly members: readonly FunctionPlace[];
}

/** Tokens, brackets and commas left out, below which functions are alike by chance. */
export const LEAST_FUNCTION = 40;
const LEAST_LINES = 5;
/** Functions with other names must be longer: in short ones everything has the same shape. */
const LEAST_RENAMED = 60;
const ALIKE = 0.8;

export function functionCopies(prints: readonly CodePrint[], candidates: Candidates): FunctionGroup[] {
  return new Grouping(prints, candidates).find();
}

class Grouping {
  constructor(
    private readonly prints: readonly CodePrint[],
    private readonly candidates: Candidates,
  ) {}

  find(): FunctionGroup[] {
    const alike = this.candidates.alike.flatMap((numbers) => this.ofOneShape(numbers));
    const inGroup = new Map(alike.flatMap((group, index) => group.map((number) => [number, index] as const)));
    // Functions of one code stand for each other in the search for those that are only alike.
    const standFor = (number: number) => (alike[inGroup.get(number) ?? -1] ?? [number])[0] as number;
    const links = this.links(standFor);
    const groups = completeLinkage(links).map((stems) =>
      stems.flatMap((stem) => alike[inGroup.get(stem) ?? -1] ?? [stem]).sort((a, b) => a - b),
    );
    const grouped = new Set(groups.flat());
    const alone = alike.filter(([first]) => !grouped.has(first as number));
    return [...groups, ...alone].map((numbers) => this.group(numbers)).sort(bySize(this.prints));
  }

  private ofOneShape(numbers: readonly number[]): number[][] {
    const large = numbers.filter((number) => this.isLargeEnough(number));
    const first = large[0] === undefined ? undefined : this.print(large[0]);
    if (!first || large.length < 2) return [];
    if (first.tokens >= LEAST_RENAMED) return [large];
    const byCode = new Map<number, number[]>();
    for (const number of large) {
      const { code } = this.print(number);
      byCode.set(code, [...(byCode.get(code) ?? []), number]);
    }
    return [...byCode.values()].filter(({ length }) => length > 1);
  }

  private links(standFor: (number: number) => number): Link[] {
    const best = new Map<string, Link>();
    for (const { a, b } of this.candidates.functionPairs) {
      const [x, y] = [standFor(a), standFor(b)];
      const key = `${Math.min(x, y)} ${Math.max(x, y)}`;
      if (x === y || best.has(key) || !this.isLargeEnough(x) || !this.isLargeEnough(y)) continue;
      const alike = this.similarityOf(x, y);
      if (alike >= ALIKE) best.set(key, { a: Math.min(x, y), b: Math.max(x, y), similarity: alike });
    }
    return [...best.values()];
  }

  private group(numbers: readonly number[]): FunctionGroup {
    const members = numbers.map((number) => this.candidates.functions[number] as FunctionPlace);
    const prints = numbers.map((number) => this.print(number));
    const [first] = prints as [FunctionPrint, ...FunctionPrint[]];
    if (prints.every(({ code }) => code === first.code)) return { kind: 'identical', similarity: 1, members };
    if (prints.every(({ shape }) => shape === first.shape)) return { kind: 'renamed', similarity: 1, members };
    const different = [
      ...new Map(numbers.map((number, index) => [(prints[index] as FunctionPrint).code, number])).values(),
    ];
    let least = 1;
    for (const [index, a] of different.entries())
      for (const b of different.slice(index + 1)) least = Math.min(least, this.similarityOf(a, b));
    return { kind: 'near', similarity: least, members };
  }

  /** By lines, the one with the name left out. */
  private similarityOf(a: number, b: number): number {
    if (this.print(a).shape === this.print(b).shape) return 1;
    const weights = new Map<number, number>();
    const [first, second] = [this.lines(a, weights), this.lines(b, weights)];
    return similarity(first, second, (line) => weights.get(line) ?? 1);
  }

  /** @param weights gets the size of each line */
  private lines(number: number, weights: Map<number, number>): number[] {
    const { file } = this.candidates.functions[number] as FunctionPlace;
    const { from, to } = this.print(number);
    const { hashes, sizes } = this.prints[file] as CodePrint;
    for (let line = from + 1; line < to; line++) weights.set(hashes[line] as number, sizes[line] as number);
    return [...hashes.subarray(from + 1, to)];
  }

  private isLargeEnough(number: number): boolean {
    const { from, to, tokens } = this.print(number);
    return to - from >= LEAST_LINES && tokens >= LEAST_FUNCTION;
  }

  private print(number: number): FunctionPrint {
    const { file, index } = this.candidates.functions[number] as FunctionPlace;
    return (this.prints[file] as CodePrint).functions[index] as FunctionPrint;
  }
}

/** What could be saved comes first. */
function bySize(prints: readonly CodePrint[]): (a: FunctionGroup, b: FunctionGroup) => number {
  const saved = ({ members }: FunctionGroup) => {
    const [{ file, index }] = members as [FunctionPlace, ...FunctionPlace[]];
    return ((prints[file] as CodePrint).functions[index] as FunctionPrint).tokens * (members.length - 1);
  };
  return (a, b) => saved(b) - saved(a) || compareMembers(a, b);
}

function compareMembers(a: FunctionGroup, b: FunctionGroup): number {
  const [first, second] = [a.members[0] as FunctionPlace, b.members[0] as FunctionPlace];
  return first.file - second.file || first.index - second.index;
}
