/**
 * Plans the retirement of shims: users are redirected first where that is asked for, then every shim that nothing uses on
 * the virtual result is deleted, and the whole is checked. One commit; refused shims, and their users, stay as they are.
 */
import type { Acceptance } from '../src/core/accept.js';
import { checkChange } from '../src/core/check/index.js';
import type { TextEdit } from '../src/core/edits.js';
import { Linker } from '../src/core/linker.js';
import type { Batch, PreparedBatch, Problem, Snapshot } from '../src/core/model.js';
import { overlay, type Replacement } from '../src/core/overlay.js';
import { realise } from '../src/core/realise.js';
import type { Shim } from '../src/core/shims.js';
import { mentionedPlaces } from '../src/core/usages.js';
import type { Tools } from './plan-dedupe.js';
import { redirectShims, retirableShims, type ShimDecision } from './retire-shims.js';

export interface RetireRequest {
  readonly redirect: boolean;
  readonly acceptances: readonly Acceptance[];
}

export interface RetireResult {
  /** In the order of the shims. */
  readonly decisions: readonly ShimDecision[];
  /** Files whose references are redirected. */
  readonly rewritten: readonly string[];
  readonly batches: readonly Batch[];
  readonly prepared: readonly PreparedBatch[];
  /** The repository as it would be. */
  readonly result: Snapshot;
}

type Edits = ReadonlyMap<string, readonly TextEdit[]>;
const NO_EDITS: Edits = new Map();

export function planRetire(
  snapshot: Snapshot,
  shims: readonly Shim[],
  request: RetireRequest,
  tools: Tools,
): RetireResult {
  return new RetirePlanning(snapshot, request, tools).plan(shims);
}

class RetirePlanning {
  private readonly before: Linker;

  constructor(
    private readonly snapshot: Snapshot,
    private readonly request: RetireRequest,
    private readonly tools: Tools,
  ) {
    this.before = new Linker(tools.codebase(snapshot));
  }

  plan(shims: readonly Shim[]): RetireResult {
    const decided = new Map<string, ShimDecision>();
    let open = shims;
    let edits = NO_EDITS;
    // Each round leaves out what was refused in the one before, so that users of what stays are not touched.
    for (let isSettled = false; !isSettled && open.length > 0; ) {
      const round = this.attempt(open);
      for (const decision of round.decisions) decided.set(decision.shim.path, decision);
      const left = round.decisions.filter(({ decision }) => decision === 'delete').map(({ shim }) => shim);
      isSettled = left.length === open.length;
      edits = round.edits;
      open = left;
    }
    const decisions = shims.map(({ path }) => decided.get(path) as ShimDecision);
    if (open.length === 0) return { decisions, rewritten: [], batches: [], prepared: [], result: this.snapshot };
    return { decisions, rewritten: [...edits.keys()].sort(), ...this.batch(decisions, edits) };
  }

  private attempt(shims: readonly Shim[]): { decisions: ShimDecision[]; edits: Edits } {
    const { edits, refusals } = this.request.redirect ? this.redirected(shims) : { edits: NO_EDITS, refusals: [] };
    const redirected = this.tools.codebase(this.virtual(edits, []));
    const decisions = retirableShims(new Linker(redirected), shims, this.request.acceptances);
    if (decisions.some(({ decision }) => decision === 'refuse'))
      return { decisions: decisions.map((decision) => withReasons(decision, refusals)), edits };
    return { decisions: this.checked(decisions, edits), edits };
  }

  private redirected(shims: readonly Shim[]): { edits: Edits; refusals: readonly Problem[] } {
    const paths = shims.map(({ path }) => path);
    const after = new Linker(this.tools.codebase(this.virtual(NO_EDITS, paths)));
    return redirectShims(this.before, after, shims);
  }

  /** What the check finds in a file speaks against every shim that the file uses. */
  private checked(decisions: ShimDecision[], edits: Edits): ShimDecision[] {
    const problems = this.check(decisions, edits);
    if (problems.length === 0) return decisions;
    const blamed = decisions.map((decision) => refused(decision, findsIn(problems, this.before, decision.shim.path)));
    const isBlamed = blamed.some(({ decision }) => decision === 'refuse');
    return isBlamed ? blamed : decisions.map((decision) => refused(decision, problems));
  }

  private check(going: readonly ShimDecision[], edits: Edits): Problem[] {
    const deleted = new Map(going.map(({ shim }) => [shim.path, shim.targetPath]));
    return checkChange({
      before: this.before,
      after: new Linker(this.tools.codebase(this.virtual(edits, [...deleted.keys()]))),
      place: (path) => deleted.get(path) ?? path,
      named: (_, name) => name,
      standsFor: (path) => path,
      file: (path) => (deleted.has(path) ? null : path),
      changed: [...deleted.keys()],
      rewritten: [...edits.keys()],
      accepted: new Set(going.flatMap(({ accepted }) => accepted.map(({ path, line }) => `${path}:${line}`))),
      left: new Set(going.flatMap(({ usage }) => mentionedPlaces(usage))),
    });
  }

  private virtual(edits: Edits, deleted: readonly string[]): Snapshot {
    const { transitions } = this.realise(edits, deleted);
    const replaced = new Map<string, Replacement>(transitions.map(({ path, after }) => [path, after]));
    return overlay(this.snapshot, replaced, this.tools.nameBlob);
  }

  private realise(edits: Edits, deleted: readonly string[]) {
    const rewritten = [...edits].map(([path, own]) => ({ path, edits: own }));
    return realise(this.before.codebase, { moved: [], rewritten, created: [], deleted });
  }

  private batch(decisions: readonly ShimDecision[], edits: Edits) {
    const going = decisions.filter(({ decision }) => decision === 'delete');
    const deleted = going.map(({ shim }) => shim.path);
    const { changes, transitions } = this.realise(edits, deleted);
    const title = deleted.length === 1 ? `Retire the shim ${deleted[0]}` : `Retire ${deleted.length} shims`;
    const head = { id: 'b1', title, message: messageOf(title, going, [...edits.keys()].sort()) };
    return {
      batches: [{ ...head, changes }],
      prepared: [{ ...head, transitions, operations: deleted }],
      result: this.virtual(edits, deleted),
    };
  }
}

function refused(decision: ShimDecision, refusals: readonly Problem[]): ShimDecision {
  return refusals.length > 0 ? { ...decision, decision: 'refuse', refusals } : decision;
}

/** Why a user of the shim could not be redirected is a better reason than that it uses it. */
function withReasons(decision: ShimDecision, refusals: readonly Problem[]): ShimDecision {
  const better = new Map(refusals.map((refusal) => [`${refusal.path}:${refusal.line}`, refusal]));
  const explained = decision.refusals.map((refusal) =>
    refusal.code === 'still-used' ? (better.get(`${refusal.path}:${refusal.line}`) ?? refusal) : refusal,
  );
  return { ...decision, refusals: explained };
}

function findsIn(problems: readonly Problem[], { codebase }: Linker, shim: string): Problem[] {
  const names = codebase.layout.namesOf(shim).map((name) => name.slice(name.lastIndexOf('.') + 1));
  return problems.filter(({ path }) => {
    const text = path === null ? '' : (codebase.unitOrNone(path)?.text ?? '');
    return names.some((name) => text.includes(name));
  });
}

function messageOf(title: string, going: readonly ShimDecision[], rewritten: readonly string[]): string {
  const lines = [title, '', ...going.map(({ shim }) => `- ${shim.oldName} is ${shim.newName}`)];
  if (rewritten.length > 0) lines.push('', 'Redirected to the new names:', ...rewritten.map((path) => `- ${path}`));
  const accepted = going.flatMap((decision) => decision.accepted);
  if (accepted.length > 0)
    lines.push('', 'Accepted by name:', ...accepted.map((p) => `- ${p.code} ${p.path}:${p.line ?? 1}: ${p.message}`));
  return `${lines.join('\n')}\n`;
}
