/** The moves of a plan for a review, each as it would be by itself: what depends on others is shown with them. */
import { movesTogether } from '../../transforms/move-batches.js';
import type { MovedFile, Problem } from '../core/model.js';
import { isInside } from '../core/paths.js';
import type { MoveIntent } from '../core/plan.js';
import { partsOf } from '../core/reviewing.js';
import { hitsText } from '../report/hits-text.js';
import { inert } from '../report/inert.js';
import { fileLines, newLines } from '../report/move-text.js';
import { netChanges } from '../report/net-changes.js';
import { problemLines } from '../report/problems-text.js';
import type { Style } from '../report/style.js';
import { wrapped } from '../report/words.js';
import type { PlannedMove } from './move.js';
import { changesTo, type OperationView, type PlannedOperation } from './operations.js';
import type { Session } from './session.js';

export interface MovesForReview {
  readonly session: Session;
  readonly intent: MoveIntent;
  readonly whole: PlannedMove;
  readonly style: Style;
  /** The plan for some of the moves alone. */
  compute(moves: readonly MovedFile[]): PlannedMove;
}

export function moveOperations(review: MovesForReview): PlannedOperation[] {
  const files = review.session.snapshot.files.map(({ path }) => path);
  const isFile = (path: string) => review.session.snapshot.entry(path) !== undefined;
  return review.intent.moves.map((move) => ({
    key: move.from,
    // Moves are all or nothing: which of them is in the way of which is for the plan of them all to say.
    isRefused: false,
    parts: isFile(move.from) ? [] : partsOf(move, files),
    whyNotApart: review.intent.moves.length === 1 ? 'it is the only one of the plan' : null,
    look: () => viewOf(review, move),
  }));
}

function viewOf(review: MovesForReview, move: MovedFile): OperationView {
  const { session, intent, whole, style } = review;
  const together = movesTogether(intent.moves, move.from);
  const alone = intent.moves.length === together.length ? whole : review.compute(together);
  const { plan, result } = alone;
  const isHelped = plan.refusals.length > 0 && whole.plan.refusals.length === 0;
  const others = together.filter(({ from }) => from !== move.from).map(({ from }) => inert(from));
  const lines = [
    `${inert(move.from)} ${style.unicode ? '→' : '->'} ${style.bold(inert(move.to))}`,
    ...newLines(alone, style),
    ...(others.length > 0 ? wrapped(`together with what depends on it: ${others.join(', ')}`, style.width, '  ') : []),
    ...refusalLines(plan.refusals, isHelped, style),
    ...plan.findings.flatMap((finding) => problemLines(finding, style)),
    ...fileLines(alone, style),
    ...(result.hits.length > 0 ? hitsText(result.hits, style, false).trimEnd().split('\n') : []),
  ];
  const isOwn = (path: string) =>
    together.some(({ from, to }) => [from, to].some((at) => at === path || isInside(path, at)));
  const changes = isHelped
    ? changesTo(netChanges(session.snapshot, whole.result.prepared), isOwn)
    : netChanges(session.snapshot, result.prepared);
  return { lines, refusals: plan.refusals, changes };
}

function refusalLines(refusals: readonly Problem[], isHelped: boolean, style: Style): string[] {
  const lines = refusals.flatMap((refusal) => problemLines(refusal, style));
  return isHelped ? ['by itself it would be refused; with the others of the plan it is not:', ...lines] : lines;
}
