/** One simultaneous map of moves: expanded, rewritten, checked, simulated, and made into a batch. */
import { isAccepted } from '../../src/core/accept.js';
import type { TextEdit } from '../../src/core/edits.js';
import { Linker } from '../../src/core/linker.js';
import type { Problem, Snapshot } from '../../src/core/model.js';
import { overlay, type Replacement } from '../../src/core/overlay.js';
import { directoryOf, isInside } from '../../src/core/paths.js';
import type { TextualHit } from '../../src/core/plan.js';
import { realise } from '../../src/core/realise.js';
import type { Relocation } from '../../src/core/relocation.js';
import { findUsages, type ModuleUsage } from '../../src/core/usages.js';
import { type LeftShims, shimsFor } from '../leave-shims.js';
import type { Tools } from '../plan-dedupe.js';
import { meaningProblems, orderProblems, type Relocated } from './checking.js';
import { hiddenUnits } from './hidden.js';
import { textualHits } from './hits.js';
import { inputRefusals } from './input-refusals.js';
import { acceptedLines, judged, together } from './judging.js';
import { emptiedPackages, leftEmpty, newPackages } from './packages.js';
import { withRelevantUnknowns } from './relevant-unknowns.js';
import type { MoveRequest, MoveResult } from './request.js';
import { rewriteCode } from './rewrites.js';
import { surroundings } from './surroundings.js';
import { type MovedUnit, mirroredTests, unitsOf } from './units.js';
import { unknownRefusals } from './unknowns.js';

/** Plans one simultaneous map of moves as one batch; with refusals there is none. */
export function planBatch(
  snapshot: Snapshot,
  request: MoveRequest,
  tools: Tools,
  onProgress: (what: string) => void,
): MoveResult {
  return new MovePlanning(snapshot, request, tools, onProgress).plan();
}

const NO_SHIMS: LeftShims = { files: [], refusals: [] };

export const NOTHING: Omit<MoveResult, 'result'> = {
  moved: [],
  created: [],
  shims: [],
  hits: [],
  rewritten: [],
  findings: [],
  refusals: [],
  accepted: [],
  batches: [],
  prepared: [],
};

/** The files of a plan, before they become changes. */
interface Draft {
  readonly relocation: Relocation;
  readonly units: readonly MovedUnit[];
  readonly edits: ReadonlyMap<string, readonly TextEdit[]>;
  readonly created: ReadonlyMap<string, string>;
  /** Paths of shims among what is created. */
  readonly shims: readonly string[];
  readonly deleted: readonly string[];
  /** Package files with nothing beside them any more, which stay. */
  readonly leftEmpty: readonly string[];
}

class MovePlanning {
  private readonly before: Linker;

  constructor(
    private readonly snapshot: Snapshot,
    private readonly request: MoveRequest,
    private readonly tools: Tools,
    private readonly onProgress: (what: string) => void,
  ) {
    this.before = new Linker(tools.codebase(snapshot));
  }

  plan(): MoveResult {
    const { codebase } = this.before;
    const asked = unitsOf(codebase, this.request.moves);
    const tests = this.request.withTests ? mirroredTests(codebase, asked.units) : [];
    const moves = [...this.request.moves, ...tests];
    const { units, relocation, refusals } = tests.length > 0 ? unitsOf(codebase, moves) : asked;
    const wrong = [...refusals, ...inputRefusals(codebase, moves, units, relocation)];
    if (wrong.length > 0) return { ...NOTHING, refusals: wrong, result: this.snapshot };
    if (units.length === 0) return { ...NOTHING, result: this.snapshot };
    return this.relocate(units, relocation);
  }

  private relocate(units: readonly MovedUnit[], relocation: Relocation): MoveResult {
    const { before, request } = this;
    const packages = new Map(newPackages(before.codebase, units, relocation).map((path) => [path, '']));
    const bare: Draft = {
      relocation,
      units,
      edits: new Map(),
      created: packages,
      shims: [],
      deleted: [],
      leftEmpty: [],
    };
    const after = new Linker(this.tools.codebase(this.virtual(bare)));
    const left = request.shims ? shimsFor(before, after.codebase.layout, relocation, units) : NO_SHIMS;
    this.onProgress('looking for references');
    const targets = units.flatMap(({ target }) => target ?? []);
    const usages = withRelevantUnknowns(before, relocation, findUsages(before, targets, true));
    const code = rewriteCode(before, after, relocation, units, usages);
    const text = textualHits({
      before,
      after: after.codebase.layout,
      relocation,
      usages,
      shims: request.shims,
      rewrites: request.rewrites,
      isTaken: (refusal) => this.isTaken(refusal),
    });
    const around = surroundings(before.codebase, relocation);
    const all = [
      ...hiddenUnits(before, relocation, units),
      ...code.refusals,
      ...text.refusals,
      ...unknownRefusals(usages, request.shims, text.answered),
      ...around.refusals,
      ...left.refusals,
    ];
    const edits = together(code.edits, text.edits);
    const created = new Map([...packages, ...left.files.map(({ path, text: source }) => [path, source] as const)]);
    const shims = left.files.map(({ path }) => path);
    const draft = this.withoutEmptied({ ...bare, edits, created, shims });
    const result = this.virtual(draft);
    this.onProgress('checking the result');
    const relocated = this.relocated(draft, result, text.hits);
    const checked = this.check(relocated, all);
    const everything = [...all, ...checked, ...this.order(relocated, [...all, ...checked])];
    const verdict = judged(everything, request.acceptances);
    const seen = {
      hits: text.hits,
      findings: [...around.findings, ...draft.leftEmpty.map(leftEmpty), ...verdict.findings],
      accepted: verdict.accepted,
      moved: [...relocation.files].map(([from, to]) => ({ from, to })).sort((a, b) => (a.from < b.from ? -1 : 1)),
      created: [...packages.keys()],
      shims,
      rewritten: [...edits.keys()].sort(),
    };
    if (verdict.refusals.length > 0) return { ...NOTHING, ...seen, refusals: verdict.refusals, result: this.snapshot };
    return { ...NOTHING, ...seen, ...this.batch(draft, verdict.accepted), result };
  }

  /** An emptied package goes when nothing refers to it any more; one that a run created, unless something surely does. */
  private withoutEmptied(draft: Draft): Draft {
    const holdsShim = (init: string) => draft.shims.some((shim) => isInside(shim, directoryOf(init)));
    const emptied = emptiedPackages(this.before.codebase, draft.relocation).filter((init) => !holdsShim(init));
    if (emptied.length === 0) return draft;
    const result = new Linker(this.tools.codebase(this.virtual(draft)));
    const isNamed = ({ usages }: ModuleUsage) => usages.some(({ confidence }) => confidence === 'certain');
    const idle = findUsages(result, emptied).filter((each) => !isNamed(each));
    const { prune, created } = this.request;
    // What a run made has no other name than its own; only an import of anything at all may be passed over.
    const isOwn = ({ target, unknowns }: ModuleUsage) =>
      created.includes(target.path) && unknowns.every(({ by }) => by === 'open');
    const goes = (each: ModuleUsage) => isOwn(each) || (prune && each.verdict === 'unused');
    const paths = (usages: readonly ModuleUsage[]) => usages.map(({ target }) => target.path);
    return { ...draft, deleted: paths(idle.filter(goes)), leftEmpty: paths(idle.filter((each) => !goes(each))) };
  }

  /** Imports are simulated once all else is sound. */
  private order(relocated: Relocated, known: readonly Problem[]): Problem[] {
    if (known.some((each) => each.severity === 'error' && !this.isTaken(each))) return [];
    this.onProgress('simulating imports');
    return orderProblems(relocated);
  }

  private relocated(draft: Draft, result: Snapshot, hits: readonly TextualHit[]): Relocated {
    const { relocation, units, edits, created, shims, deleted } = draft;
    const after = new Linker(this.tools.codebase(result));
    const [rewritten, fresh] = [[...edits.keys()], [...created.keys()]];
    return { before: this.before, after, relocation, units, rewritten, created: fresh, shims, deleted, hits };
  }

  private virtual(draft: Draft): Snapshot {
    const { transitions } = this.realise(draft);
    const replaced = new Map<string, Replacement>(transitions.map(({ path, after }) => [path, after]));
    return overlay(this.snapshot, replaced, this.tools.nameBlob);
  }

  private realise({ relocation, edits, created, deleted }: Draft) {
    const moved = [...relocation.files].map(([from, to]) => ({ from, to, edits: edits.get(from) ?? [] }));
    const rewritten = [...edits]
      .filter(([path]) => !relocation.files.has(path))
      .map(([path, own]) => ({ path, edits: own }));
    const fresh = [...created].map(([path, text]) => ({ path, text }));
    return realise(this.before.codebase, { moved, rewritten, created: fresh, deleted });
  }

  private check(relocated: Relocated, known: readonly Problem[]): Problem[] {
    const problems = meaningProblems(
      relocated,
      known.filter((each) => this.isTaken(each)),
    );
    // A file with a place that is refused is not rewritten there: the check would only say it again.
    const refused = new Set(known.filter((each) => each.severity === 'error').map(({ path }) => path));
    return problems.filter(({ path }) => path === null || !refused.has(relocated.relocation.origin(path)));
  }

  private isTaken(each: Problem): boolean {
    return isAccepted(each, this.request.acceptances);
  }

  private batch(draft: Draft, accepted: readonly Problem[]): Pick<MoveResult, 'batches' | 'prepared'> {
    const { changes, transitions } = this.realise(draft);
    const title = titleOf(draft.units);
    const head = { id: 'b1', title, message: messageOf(title, draft.units, accepted) };
    const moves = [...draft.relocation.files].map(([from, to]) => ({ from, to }));
    return { batches: [{ ...head, changes }], prepared: [{ ...head, transitions, moves }] };
  }
}

function titleOf(units: readonly MovedUnit[]): string {
  const [first] = units;
  if (units.length === 1 && first) return `Move ${first.from} to ${first.to}`;
  const packages = units.filter(({ kind }) => kind === 'package').length;
  const what = packages === 0 ? 'modules' : packages === units.length ? 'packages' : 'modules and packages';
  return `Move ${units.length} ${what}`;
}

function messageOf(title: string, units: readonly MovedUnit[], accepted: readonly Problem[]): string {
  const lines = [title];
  if (units.length > 1) lines.push('', ...units.map(({ from, to }) => `- ${from} -> ${to}`));
  lines.push(...acceptedLines(accepted));
  return `${lines.join('\n')}\n`;
}
