/** One merge: names settled, code put together, references redirected, checked, simulated, and made into a batch. */
import { isAccepted } from '../../src/core/accept.js';
import { countLines } from '../../src/core/compare.js';
import type { TextEdit } from '../../src/core/edits.js';
import { Linker } from '../../src/core/linker.js';
import type { Problem, Snapshot } from '../../src/core/model.js';
import { overlay, type Replacement } from '../../src/core/overlay.js';
import { problem } from '../../src/core/problems.js';
import { realise } from '../../src/core/realise.js';
import { Relocation } from '../../src/core/relocation.js';
import type { Tools } from '../plan-dedupe.js';
import { inputRefusals } from '../relocation/input-refusals.js';
import { acceptedLines, judged } from '../relocation/judging.js';
import { newPackages } from '../relocation/packages.js';
import { NOTHING as NO_MOVES } from '../relocation/planning.js';
import { surroundings } from '../relocation/surroundings.js';
import type { MovedUnit } from '../relocation/units.js';
import { futureOf } from './annotations.js';
import { type Merged, meaningProblems, orderProblems } from './checking.js';
import { classNameProblems } from './class-names.js';
import { composed } from './compose.js';
import { type Settled, settleNames } from './conflicts.js';
import { droppedSpans } from './dropped.js';
import { changesOutside, effectProblems } from './effects.js';
import { exportsOf } from './exports.js';
import { listReaders } from './list-readers.js';
import { insideImports, ownNames, type Source } from './model.js';
import { orderOf } from './order.js';
import { parentProblems } from './parents.js';
import { redirected } from './redirecting.js';
import type { MergedSymbol, MergeRequest, MergeResult } from './request.js';
import { contentProblems, encodingProblems, inputProblems, mainProblems, templateProblems } from './source-refusals.js';
import { starProblems } from './stars.js';

/** @param hoist whether imports of the other modules go up to those of the first */
export function planMergeInto(
  snapshot: Snapshot,
  request: MergeRequest,
  tools: Tools,
  hoist: boolean,
  onProgress: (what: string) => void,
): MergeResult {
  return new MergePlanning(snapshot, request, tools, hoist, onProgress).plan();
}

const NOTHING = { ...NO_MOVES, symbols: [], lines: { before: 0, after: 0 } };

/** All files as they shall be, by path before. */
interface Draft {
  readonly edits: ReadonlyMap<string, readonly TextEdit[]>;
  readonly created: ReadonlyMap<string, string>;
}

class MergePlanning {
  private readonly before: Linker;
  /** Paths of the modules, that of the first one first. */
  private readonly from: readonly string[];
  private readonly into: string;

  constructor(
    private readonly snapshot: Snapshot,
    private readonly request: MergeRequest,
    private readonly tools: Tools,
    private readonly hoist: boolean,
    private readonly onProgress: (what: string) => void,
  ) {
    this.before = new Linker(tools.codebase(snapshot));
    this.into = request.into;
    const isThere = snapshot.entry(request.into) !== undefined;
    const others = request.from.filter((path) => path !== request.into);
    this.from = isThere ? [request.into, ...others] : request.from;
  }

  plan(): MergeResult {
    const { codebase } = this.before;
    const wrong = inputProblems(codebase, this.from, this.into);
    if (wrong.length > 0) return this.refused(wrong);
    const sources: Source[] = [];
    const problems: Problem[] = [];
    for (const path of this.from) {
      const unit = codebase.unit(path);
      if ('unknown' in unit)
        problems.push(problem('unreadable-file', `cannot be read: ${unit.unknown}`, { place: path }));
      else sources.push({ path, unit, outline: this.tools.outline(unit.text) });
    }
    problems.push(...sources.flatMap((source) => contentProblems(codebase, source, source.path === this.from[0])));
    problems.push(...encodingProblems(codebase, sources), ...parentProblems(codebase, [...this.from, this.into]));
    return problems.length > 0 ? this.refused(problems) : this.ordered(sources);
  }

  private refused(refusals: readonly Problem[]): MergeResult {
    return { ...NOTHING, ...judged(refusals, this.request.acceptances), result: this.snapshot };
  }

  private ordered(sources: readonly Source[]): MergeResult {
    const order = orderOf(this.before, sources);
    if ('code' in order) return this.refused([order]);
    const { units, relocation } = this.movements();
    const isNew = this.from[0] !== this.into;
    const move = { from: this.from[0] as string, to: this.into };
    const wrong = isNew ? inputRefusals(this.before.codebase, [move], units.slice(0, 1), relocation) : [];
    return wrong.length > 0 ? this.refused(wrong) : this.merge(sources, order, units, relocation);
  }

  private movements(): { units: readonly MovedUnit[]; relocation: Relocation } {
    const moved = this.from.filter((path) => path !== this.into);
    const units = moved.map((from): MovedUnit => ({ kind: 'module', from, to: this.into, target: from }));
    return { units, relocation: new Relocation(new Map(moved.map((path) => [path, this.into])), new Map()) };
  }

  private merge(
    sources: readonly Source[],
    order: readonly Source[],
    units: readonly MovedUnit[],
    relocation: Relocation,
  ): MergeResult {
    const { before, request, into } = this;
    const [first] = sources as [Source, ...Source[]];
    const settled = settleNames(before, sources, into, request, this.tools.outline);
    const { names } = settled;
    const future = futureOf(before, sources);
    const exported = exportsOf(before, sources, settled);
    const dropped = droppedSpans(before.codebase, sources, settled.copies);
    const packages = new Map(newPackages(before.codebase, units, relocation).map((path) => [path, '']));
    const around = surroundings(before.codebase, relocation);
    this.onProgress('looking for references');
    const after = new Linker(this.tools.codebase(this.virtual({ edits: new Map(), created: packages })));
    const moved = redirected({ before, after, sources, units, relocation, names, listed: exported.listed, request });
    const isSource = (path: string) => sources.some((source) => source.path === path);
    const inside = new Set(
      sources.flatMap(({ unit }) => insideImports(before, unit, isSource).map(({ name }) => name)),
    );
    const edits = new Map(moved.edits);
    for (const { path } of sources) edits.delete(path);
    const parts = { linker: before, order, first, names, inside, edits: moved.edits };
    // What a module changes when it is imported comes before the imports of those behind it.
    const hoist = this.hoist && !order.slice(0, -1).some(changesOutside);
    const wanted = { exported: exported.added, future: future.wanted, hoist };
    edits.set(first.path, composed({ ...parts, ...wanted, dropped: dropped.spans }));
    const created = new Map([...packages, ...moved.shims.files.map(({ path, text }) => [path, text] as const)]);
    const known = [
      ...[...settled.refusals, ...future.problems, ...exported.refusals, ...dropped.refusals],
      ...[
        ...mainProblems(sources),
        ...effectProblems(before, sources),
        ...starProblems(before, sources, into, names),
        ...listReaders(before, exported),
        ...classNameProblems(before, sources, names),
        ...templateProblems(before.codebase, sources, names),
        ...moved.problems,
        ...around.refusals,
        ...around.findings,
      ],
    ];
    const paths = { rewritten: [...edits.keys()], created: [...created.keys()] };
    const merged = { before, sources, into, relocation, settled, moved, ...paths };
    return this.conclude({ edits, created }, merged, known, [...packages.keys()]);
  }

  private conclude(
    draft: Draft,
    parts: Omit<Merged, 'after'>,
    known: readonly Problem[],
    packages: readonly string[],
  ): MergeResult {
    const { acceptances } = this.request;
    const result = this.virtual(draft);
    const merged = { ...parts, after: new Linker(this.tools.codebase(result)) };
    this.onProgress('checking the result');
    const checked = [...known, ...meaningProblems(merged, known, acceptances, this.tools.outline)];
    const isClear = checked.every((each) => each.severity !== 'error' || isAccepted(each, acceptances));
    if (isClear) this.onProgress('simulating imports');
    const verdict = judged([...checked, ...(isClear ? orderProblems(merged) : [])], acceptances);
    const seen = { ...this.seen(merged), created: packages, findings: verdict.findings, accepted: verdict.accepted };
    if (verdict.refusals.length > 0) return { ...NOTHING, ...seen, refusals: verdict.refusals, result: this.snapshot };
    return { ...NOTHING, ...seen, ...this.batch(draft, verdict.accepted), result };
  }

  /** What there is to show, whether it is refused or not. */
  private seen({ before, after, sources, relocation, settled, moved, rewritten }: Merged) {
    const text = after.codebase.text(this.into);
    const lines = sources.map(({ unit }) => countLines(unit.text));
    return {
      hits: moved.hits.hits,
      moved: [...relocation.files].map(([from, to]) => ({ from, to })),
      shims: moved.shims.files.map(({ path }) => path),
      rewritten: [...rewritten].sort(),
      symbols: symbolsOf(before, sources, settled),
      lines: {
        before: lines.reduce((sum, count) => sum + count, 0),
        after: 'undecodable' in text ? 0 : countLines(text.text),
      },
    };
  }

  private batch(draft: Draft, accepted: readonly Problem[]): Pick<MergeResult, 'batches' | 'prepared'> {
    const { changes, transitions } = this.realise(draft);
    const title = `Merge ${this.from.length} modules into ${this.into}`;
    const lines = [title, '', ...this.from.map((path) => `- ${path}`), ...acceptedLines(accepted)];
    const head = { id: 'b1', title, message: `${lines.join('\n')}\n` };
    const [first = ''] = this.from;
    const moves = first === this.into ? [] : [{ from: first, to: this.into }];
    return {
      batches: [{ ...head, changes }],
      prepared: [{ ...head, transitions, moves, operations: [this.into] }],
    };
  }

  private virtual(draft: Draft): Snapshot {
    const { transitions } = this.realise(draft);
    const replaced = new Map<string, Replacement>(transitions.map(({ path, after }) => [path, after]));
    return overlay(this.snapshot, replaced, this.tools.nameBlob);
  }

  private realise({ edits, created }: Draft) {
    const [first = '', ...others] = this.from;
    const isNew = first !== this.into;
    const rewritten = [...edits].filter(([path]) => !isNew || path !== first);
    return realise(this.before.codebase, {
      moved: isNew ? [{ from: first, to: this.into, edits: edits.get(first) ?? [] }] : [],
      rewritten: rewritten.map(([path, own]) => ({ path, edits: own })),
      created: [...created].map(([path, text]) => ({ path, text })),
      deleted: others,
    });
  }
}

function symbolsOf(linker: Linker, sources: readonly Source[], { names, copies }: Settled): MergedSymbol[] {
  const isSource = (path: string) => sources.some((source) => source.path === path);
  const copied = new Set(copies.map(({ path, name }) => `${path}\0${name}`));
  return sources.flatMap(({ path, unit }) => {
    const own = ownNames(unit, insideImports(linker, unit, isSource));
    // What a module imports from another one of them is its name as well, and may be called otherwise there.
    const others = names.entries().filter((entry) => entry.path === path && !own.includes(entry.name));
    return [...own, ...others.map(({ name }) => name)].map((name) => {
      const to = names.of(path, name);
      const changed = to === name ? 'kept' : 'renamed';
      return { path, name, to, what: copied.has(`${path}\0${name}`) ? 'same' : changed } as const;
    });
  });
}
