/** Which symbols of two modules are the same under other names: copies whose author renamed things. */
import type { Outline, OutlineSymbol } from './outline.js';
import { type Matched, type SymbolPair, withoutNumber } from './symbol-differences.js';

/** A symbol that both modules have, under two names. Names are qualnames. */
export interface RenamedSymbol {
  readonly keep: string;
  readonly remove: string;
  /** The same code, identifiers aside; else something was changed besides. */
  readonly same: boolean;
}

/** Below this many words, equal shape says nothing: half of all assignments look alike. */
const TELLING = 12;

/** What two classes under different names must have in common. */
const MOSTLY = 0.5;

/**
 * Pairs what only one side has by its code with identifiers set aside. What is too small for that is paired where the code
 * that was paired already shows that its name became the other.
 */
export function renamedSymbols(keep: Outline, remove: Outline, matched: Matched): RenamedSymbol[] {
  return new Renaming(keep, remove, matched).find();
}

class Renaming {
  private readonly found: SymbolPair[] = [];
  private readonly takenKeep = new Set<OutlineSymbol>();
  private readonly takenRemove = new Set<OutlineSymbol>();
  /** How often the code shows that a name became another. */
  private readonly votes = new Map<string, Map<string, number>>();

  constructor(
    private readonly keep: Outline,
    private readonly remove: Outline,
    private readonly matched: Matched,
  ) {}

  find(): RenamedSymbol[] {
    for (const pair of this.matched.pairs) if (pair.keep.shape === pair.remove.shape) this.vote(pair);
    this.byShape();
    this.byMembers();
    this.byName();
    const sameNamed = this.matched.pairs.filter(({ keep, remove }) => isClass(keep) && keep.shape === remove.shape);
    const pairs = [...this.found, ...sameNamed].flatMap((pair) => [pair, ...this.members(pair)]);
    const renamed = pairs.filter((pair) => pair.keep.qualname !== pair.remove.qualname);
    const unique = new Map(renamed.map((pair) => [pair.keep.qualname, pair]));
    return [...unique.values()]
      .sort((a, b) => a.keep.span.start - b.keep.span.start)
      .map(({ keep, remove }) => ({
        keep: keep.qualname,
        remove: remove.qualname,
        same: keep.shape === remove.shape,
      }));
  }

  private vote({ keep, remove }: SymbolPair): void {
    for (const [index, name] of keep.identifiers.entries()) {
      const to = remove.identifiers[index] as string;
      const own = this.votes.get(name) ?? new Map<string, number>();
      own.set(to, (own.get(to) ?? 0) + 1);
      this.votes.set(name, own);
    }
  }

  private pair(keep: OutlineSymbol, remove: OutlineSymbol): void {
    this.found.push({ keep, remove });
    this.takenKeep.add(keep);
    this.takenRemove.add(remove);
    if (keep.shape === remove.shape) this.vote({ keep, remove });
  }

  private open(): { keep: OutlineSymbol[]; remove: OutlineSymbol[] } {
    const isOpen = ({ kind }: OutlineSymbol) => kind !== 'import' && kind !== 'statement';
    return {
      keep: this.matched.onlyKeep.filter((symbol) => isOpen(symbol) && !this.takenKeep.has(symbol)),
      remove: this.matched.onlyRemove.filter((symbol) => isOpen(symbol) && !this.takenRemove.has(symbol)),
    };
  }

  /** Several of one shape are paired in their order where there are as many on both sides. */
  private byShape(): void {
    const { keep, remove } = this.open();
    const key = ({ shape, owner }: OutlineSymbol) => `${owner} ${shape}`;
    const groups = grouped(remove, key);
    for (const [shape, own] of grouped(keep, key)) {
      const others = groups.get(shape) ?? [];
      if (own.length !== others.length || (own[0] as OutlineSymbol).weight < TELLING) continue;
      own.forEach((symbol, index) => {
        this.pair(symbol, others[index] as OutlineSymbol);
      });
    }
  }

  /** Also what was changed besides: the name alone tells. */
  private byName(): void {
    const { keep, remove } = this.open();
    for (const symbol of keep) {
      const to = this.becomes(lastName(symbol));
      const other = remove.find(
        (each) =>
          each.owner === symbol.owner &&
          each.kind === symbol.kind &&
          lastName(each) === to &&
          !this.takenRemove.has(each),
      );
      if (other) this.pair(symbol, other);
    }
  }

  private becomes(name: string): string | undefined {
    const own = [...(this.votes.get(name) ?? [])].sort((a, b) => b[1] - a[1]);
    return own[0]?.[0];
  }

  /** Classes of which something was changed besides their names. */
  private byMembers(): void {
    const { keep, remove } = this.open();
    for (const symbol of keep.filter(isClass)) {
      const rated = remove
        .filter((other) => isClass(other) && other.owner === symbol.owner && !this.takenRemove.has(other))
        .map((other) => ({ other, share: this.sharedMembers(symbol, other) }));
      const best = rated.sort((a, b) => b.share - a.share)[0];
      if (best && best.share >= MOSTLY) this.pair(symbol, best.other);
    }
  }

  private sharedMembers(keep: OutlineSymbol, remove: OutlineSymbol): number {
    const [own, others] = [this.inside(this.keep, keep), this.inside(this.remove, remove)];
    const shapes = new Set(others.filter(isTelling).map(({ shape }) => shape));
    const common = own.filter((symbol) => isTelling(symbol) && shapes.has(symbol.shape));
    return weightOf(common) / Math.max(1, weightOf(own), weightOf(others));
  }

  /** Members of two classes that are one: in equal shape they answer to each other by their order, else by name or shape. */
  private members({ keep, remove }: SymbolPair): SymbolPair[] {
    if (!isClass(keep) || !isClass(remove)) return [];
    const others = this.inside(this.remove, remove);
    const own = this.inside(this.keep, keep);
    const isSame = keep.shape === remove.shape && own.length === others.length;
    const names = new Set(own.map(lastName));
    return own.flatMap((symbol, index) => {
      const named = others.find((each) => lastName(each) === lastName(symbol));
      const other = isSame
        ? others[index]
        : (named ?? others.find((each) => !names.has(lastName(each)) && isRenamed(symbol, each)));
      return other && other.kind === symbol.kind ? [{ keep: symbol, remove: other }] : [];
    });
  }

  private inside(outline: Outline, { qualname }: OutlineSymbol): OutlineSymbol[] {
    const name = withoutNumber(qualname);
    return outline.symbols.filter(({ owner, kind }) => kind !== 'statement' && isWithin(owner, name));
  }
}

const isClass = ({ kind }: OutlineSymbol): boolean => kind === 'class';
const isTelling = ({ weight }: OutlineSymbol): boolean => weight >= TELLING;
const isRenamed = (a: OutlineSymbol, b: OutlineSymbol): boolean => isTelling(a) && a.shape === b.shape;
const isWithin = (owner: string | null, qualname: string): boolean =>
  owner === qualname || owner?.startsWith(`${qualname}.`) === true;

function weightOf(symbols: readonly OutlineSymbol[]): number {
  return symbols.reduce((sum, { weight }) => sum + weight, 0);
}

function lastName({ qualname }: OutlineSymbol): string {
  return qualname.slice(qualname.lastIndexOf('.') + 1);
}

function grouped(
  symbols: readonly OutlineSymbol[],
  key: (symbol: OutlineSymbol) => string,
): Map<string, OutlineSymbol[]> {
  const groups = new Map<string, OutlineSymbol[]>();
  for (const symbol of symbols) groups.set(key(symbol), [...(groups.get(key(symbol)) ?? []), symbol]);
  return groups;
}
