/**
 * Names that more than one of the modules binds. Where both mean the same, one copy stays; else one of them gets another name:
 * imports always, definitions when asked, and without being asked it is a refusal.
 */

import { canonicalText, Identifiers, shapesOf } from '../../src/core/bound-code/canonical.js';
import { Meanings } from '../../src/core/bound-code/meanings.js';
import type { Linker } from '../../src/core/linker.js';
import type { Place, Problem } from '../../src/core/model.js';
import type { Outline } from '../../src/core/outline.js';
import { problem } from '../../src/core/problems.js';
import { bindingsOf } from '../../src/core/scopes.js';
import { type Copy, isSeparable } from './dropped.js';
import { freshName } from './fresh-names.js';
import { importBranchOf } from './import-branches.js';
import { insideImports, isImported, MergedNames, ownNames, type Source } from './model.js';
import { sharedState } from './shared-state.js';

export interface Wishes {
  /** What becomes of a name that means different things. */
  readonly conflicts: 'refuse' | 'rename';
  /** Names that get another name; `to` is `null` where one is to be found. */
  readonly rename: readonly { readonly path: string; readonly name: string; readonly to: string | null }[];
  /** Definitions that stand for all others of their name. */
  readonly keep: readonly { readonly path: string; readonly name: string }[];
}

export interface Settled {
  readonly names: MergedNames;
  readonly copies: readonly Copy[];
  readonly refusals: readonly Problem[];
  readonly findings: readonly Problem[];
}

interface Owner {
  readonly source: Source;
  readonly name: string;
}

export function settleNames(
  linker: Linker,
  sources: readonly Source[],
  into: string,
  wishes: Wishes,
  outline: (text: string) => Outline,
): Settled {
  return new Settling(linker, sources, into, wishes, outline).settle();
}

class Settling {
  private readonly names = new MergedNames();
  private readonly copies = new Map<string, Copy>();
  /** What keeps two definitions of equal code apart does not change from round to round. */
  private readonly states = new Map<string, string | null>();
  private readonly refusals: Problem[] = [];
  private readonly findings: Problem[] = [];
  private readonly bound: ReadonlyMap<string, readonly string[]>;
  private readonly taken: Set<string>;

  constructor(
    private readonly linker: Linker,
    private readonly sources: readonly Source[],
    private readonly into: string,
    private readonly wishes: Wishes,
    private readonly outline: (text: string) => Outline,
  ) {
    const inside = (source: Source) => insideImports(linker, source.unit, (path) => this.isSource(path));
    this.bound = new Map(sources.map((source) => [source.path, ownNames(source.unit, inside(source))]));
    this.taken = new Set(
      sources.flatMap(({ unit }) => unit.facts.scopes.flatMap(({ bindings }) => bindings.map(({ name }) => name))),
    );
  }

  settle(): Settled {
    for (const { path, name, to } of this.wishes.rename) this.names.rename(path, name, to ?? this.fresh(path, name));
    // Each name that gets another changes what the code that uses it means, so that more may differ.
    // A difference that is found stays one: other names only ever make more of them.
    for (let changed = true; changed; ) changed = this.round() || this.captures();
    this.handedOn();
    return {
      names: this.names,
      copies: [...this.copies.values()],
      refusals: this.refusals,
      findings: this.findings,
    };
  }

  /** Compares all definitions of one name; `true` when one has got another name. */
  private round(): boolean {
    const shapes = this.shapes();
    let changed = false;
    this.copies.clear();
    const owners = new Map<string, Owner>();
    for (const source of this.sources) {
      for (const name of this.bound.get(source.path) ?? []) {
        if (name === '__all__') continue;
        const final = this.names.of(source.path, name);
        const known = owners.get(final);
        const own = { source, name };
        if (!known) owners.set(final, own);
        else changed = this.meet(known, own, final, shapes) || changed;
      }
    }
    return changed;
  }

  /** Two modules bind one name; `true` when one of them is called otherwise from now on. */
  private meet(first: Owner, second: Owner, final: string, shapes: (owner: Owner) => string): boolean {
    const imports = [first, second].map(({ source, name }) => isImported(source.unit, name));
    const [means, also] = [this.meaning(first), this.meaning(second)];
    if ((imports[0] || imports[1]) && means === also) return false;
    if (imports[1]) return this.renamed(second);
    if (imports[0]) return this.renamed(first);
    const kept = this.wishes.keep.find(
      ({ path, name }) => (path === first.source.path || path === second.source.path) && name === final,
    );
    if (kept) {
      const [stays, goes] = kept.path === first.source.path ? [first, second] : [second, first];
      this.copy(stays, goes);
      return false;
    }
    const difference = this.difference(first, second, shapes);
    if (difference === null) {
      this.copy(first, second);
      return false;
    }
    if (this.wishes.conflicts === 'refuse') this.refuse(first, second, difference);
    return this.renamed(second);
  }

  /** Why one of two definitions is not enough; `null` where it is. */
  private difference(first: Owner, second: Owner, shapes: (owner: Owner) => string): string | null {
    const raw = ({ source, name }: Owner) => shapesOf(source.outline, name).join();
    // A name that only an expression binds has no definition that could be compared.
    if (raw(first) === '') return DIFFERENT;
    if (shapes(first) !== shapes(second)) return raw(first) === raw(second) ? ELSEWHERE : DIFFERENT;
    const branch = importBranchOf(first.source, first.name);
    if (branch !== null && branch === importBranchOf(second.source, second.name)) return null;
    if (!isSeparable(second.source, second.name)) return ENTANGLED;
    const key = [first, second].map(({ source, name }) => `${source.path}\0${name}`).join('\0');
    let state = this.states.get(key);
    if (state === undefined) {
      state = sharedState(this.linker, [first, second], this.outline);
      this.states.set(key, state);
    }
    return state;
  }

  private meaning({ source, name }: Owner): string {
    return this.meanings().alternatives(source.path, name);
  }

  private meanings(): Meanings {
    const place = (path: string) => (this.isSource(path) ? this.into : path);
    return new Meanings(this.linker, place, this.names.of);
  }

  private shapes(): (owner: Owner) => string {
    const [meanings, identifiers] = [this.meanings(), new Identifiers()];
    const outlines = new Map<string, Outline>();
    return ({ source, name }) => {
      const { path, unit } = source;
      const outline = outlines.get(path) ?? this.outline(canonicalText(unit, meanings, identifiers));
      outlines.set(path, outline);
      return shapesOf(outline, identifiers.of(meanings.own(path, name))).join();
    };
  }

  private copy(stays: Owner, goes: Owner): void {
    const { path } = goes.source;
    this.copies.set(`${path}\0${goes.name}`, { path, name: goes.name, kept: stays.source.path });
  }

  private renamed({ source: { path }, name }: Owner): true {
    this.names.rename(path, name, this.fresh(path, name));
    return true;
  }

  private fresh(path: string, name: string): string {
    const to = freshName(path, name, this.taken);
    this.taken.add(to);
    return to;
  }

  private refuse(first: Owner, second: Owner, why: string): void {
    const at = this.placeOf(first);
    const { path } = second.source;
    const message = `'${second.name}' is also defined in ${at.path}:${at.line}, ${why}`;
    const hint = `--rename ${path}:${second.name} gives this one another name, --keep ${path}:${second.name} lets it stand for both; --conflicts rename does so with all`;
    this.refusals.push(problem('name-conflict', message, { place: this.placeOf(second), hint }));
  }

  private placeOf({ source: { path, unit }, name }: Owner): Place {
    const binding = unit.facts.scopes[0]?.bindings.find((each) => each.name === name);
    return { path, ...this.linker.codebase.place(path, unit.toFile(binding?.span.start ?? 0)) };
  }

  /** A name of one module that would catch a name that another takes from the interpreter, or from who knows where. */
  private captures(): boolean {
    const owners = new Map<string, Owner>();
    for (const source of this.sources)
      for (const name of this.bound.get(source.path) ?? [])
        owners.set(this.names.of(source.path, name), { source, name });
    for (const { path, unit } of this.sources) {
      for (const use of unit.facts.uses) {
        const owner = owners.get(use.name);
        if (!owner || owner.source.path === path || bindingsOf(unit.facts, use.scope, use.name).scope !== -1) continue;
        const { kind } = this.linker.lookup(path, use.name);
        if (kind !== 'missing' && kind !== 'unknown') continue;
        if (this.wishes.conflicts === 'refuse' && !isImported(owner.source.unit, owner.name))
          this.refuseCapture(owner, path, unit.toFile(use.span.start));
        return this.renamed(owner);
      }
    }
    return false;
  }

  private refuseCapture(owner: Owner, path: string, at: number): void {
    const place = { path, ...this.linker.codebase.place(path, at) };
    const defined = this.placeOf(owner);
    const message = `'${owner.name}' is a built-in name here, and ${defined.path}:${defined.line} defines another`;
    this.refusals.push(
      problem('name-captured', message, {
        place,
        hint: `--rename ${defined.path}:${owner.name} gives that one another name`,
      }),
    );
  }

  /** What a source imports from another is called there as it is called here afterwards. */
  private handedOn(): void {
    for (const { path, unit } of this.sources) {
      for (const { statement, name, inside } of insideImports(this.linker, unit, (each) => this.isSource(each))) {
        if (name === null || inside.kind !== 'object' || statement.scope !== 0) continue;
        const now = this.names.of(inside.path, inside.name);
        if (now !== (name.alias ?? name.name)) this.names.rename(path, name.alias ?? name.name, now);
      }
    }
  }

  private isSource(path: string): boolean {
    return this.sources.some((source) => source.path === path);
  }
}

const DIFFERENT = 'with other code';
const ENTANGLED = 'of the same code, but its statement here does more than define it';
const ELSEWHERE = 'of the same code, but what it uses is not the same';
