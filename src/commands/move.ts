/** `regraft move`: modules and packages to other places, everything that refers to them following. Preview unless told to apply. */
import { movesOfOperations } from '../../transforms/move-batches.js';
import { type MoveResult, planMove } from '../../transforms/plan-move.js';
import { parseAcceptances } from '../core/accept.js';
import type { MovedFile } from '../core/model.js';
import { directoryOf, isInside } from '../core/paths.js';
import type { MoveIntent, Plan } from '../core/plan.js';
import { problem, RegraftError } from '../core/problems.js';
import { createdPackages } from '../io/history.js';
import { readMap } from '../io/recipe-file.js';
import { moveData } from '../report/move-data.js';
import { moveMarkdown } from '../report/move-markdown.js';
import { moveRunText, moveText } from '../report/move-text.js';
import { shellWord } from '../report/words.js';
import type { Environment, Outcome } from './command.js';
import { mappedMoves, namedMoves } from './destinations.js';
import { moveOperations } from './move-operations.js';
import { conclude, type PlannedWork, type PlanningOptions, planOf, verifyFlags } from './planning.js';
import { asker, reviewHits } from './review.js';
import { openSession, type Session, sessionWithout } from './session.js';
import { repositoryPath } from './targets.js';

export interface MoveOptions extends PlanningOptions {
  /** FROM.. TO; empty with a map. */
  readonly names: readonly string[];
  /** A file that maps FROM to TO. */
  readonly map: string | undefined;
  readonly shims: boolean;
  readonly withTests: boolean;
  /** Packages that are left empty go. */
  readonly prune: boolean;
  /** Ask about doubtful mentions one by one. */
  readonly review: boolean;
  readonly accept: readonly string[];
  readonly rewrite: readonly string[];
  readonly batchSize: number;
}

export async function move(environment: Environment, options: MoveOptions): Promise<Outcome> {
  const session = await openSession(environment);
  const { shims, withTests, prune, accept, rewrite, batchSize } = options;
  const moves = movesOf(session, environment, options);
  const created = createdPackages(session.repository).filter((path) => isEmptied(path, moves));
  const map = options.map === undefined ? null : repositoryPath(session, environment.directory, options.map);
  const what = { command: 'move', moves, map } as const;
  const asked: MoveIntent = { ...what, shims, withTests, prune, created, accept, rewrite, batchSize };
  const intent = options.review ? await reviewed(environment, session, asked) : asked;
  const command = commandLine({ ...options, accept: intent.accept, rewrite: intent.rewrite });
  return conclude(environment, session, options, moveWork(environment, session, intent, command));
}

/** Whether something moves out of the package. */
function isEmptied(init: string, moves: readonly MovedFile[]): boolean {
  return moves.some(({ from }) => isInside(from, directoryOf(init)));
}

/** A person decides what is doubtful; the answers become part of the intent, so that a saved plan holds them. */
async function reviewed(environment: Environment, session: Session, intent: MoveIntent): Promise<MoveIntent> {
  const ask = asker(environment);
  const { result } = computeMove(session, intent, environment);
  const answers = await reviewHits(result.hits, ask);
  return {
    ...intent,
    accept: [...intent.accept, ...answers.accept],
    rewrite: [...intent.rewrite, ...answers.rewrite],
  };
}

/** The plan for an intent, and how it is shown. */
export function moveWork(environment: Environment, session: Session, intent: MoveIntent, command: string): PlannedWork {
  const whole = computeMove(session, intent, environment);
  const { plan, result } = whole;
  const report = { plan, result, command };
  const compute = (moves: readonly MovedFile[]) =>
    computeMove(session, { ...intent, moves, batchSize: 0, apart: undefined }, environment);
  const isMarkdown = environment.format === 'markdown';
  return {
    plan,
    prepared: result.prepared,
    data: moveData(report),
    undone: [],
    replan: (later, operations) => {
      const moves = movesOfOperations(intent.moves, operations);
      const again = computeMove(later, { ...intent, moves, batchSize: 0 }, environment);
      return { prepared: again.result.prepared, refusals: again.plan.refusals };
    },
    hits: result.hits,
    operations: () => moveOperations({ session, intent, whole, style: environment.style, compute }),
    preview: () => (isMarkdown ? moveMarkdown(report) : moveText(report, environment.style)),
    ran: (run) => moveRunText(report, run, environment.style),
  };
}

function movesOf(session: Session, environment: Environment, { names, map }: MoveOptions): MovedFile[] {
  if (map === undefined) return namedMoves(session, environment.directory, names);
  if (names.length > 0)
    throw new RegraftError(problem('usage', 'give a map or names, not both', { hint: 'regraft move --map FILE' }));
  return mappedMoves(session, readMap(environment.directory, map));
}

export interface PlannedMove {
  readonly plan: Plan;
  readonly result: MoveResult;
}

/** Pure but for progress: the same intent on the same snapshot gives the same plan, to the byte. */
export function computeMove(session: Session, intent: MoveIntent, environment: Environment): PlannedMove {
  const { acceptances, problems } = parseAcceptances(intent.accept);
  if (problems.length > 0) throw new RegraftError(problems);
  const { moves, shims, withTests, prune, created, rewrite, batchSize, apart } = intent;
  const request = { moves, shims, withTests, prune, created, acceptances, rewrites: rewrite, batchSize, apart };
  const { snapshot, tools } = sessionWithout(session, intent.map);
  const result = planMove(snapshot, request, tools, environment.progress);
  return { plan: planOf(session.snapshot.base, intent, result), result };
}

/** The command as it was given, for the next step to be printed. */
function commandLine(options: MoveOptions): string {
  const flags = [
    ...options.names.map((name) => shellWord(name.startsWith('-') ? `./${name}` : name)),
    ...(options.map === undefined ? [] : [`--map ${shellWord(options.map)}`]),
    ...(options.shims ? ['--shim'] : []),
    ...(options.withTests ? ['--with-tests'] : []),
    ...(options.prune ? ['--prune'] : []),
    ...(options.batchSize > 0 ? [`--batch-size ${options.batchSize}`] : []),
    ...options.accept.map((code) => `--accept ${shellWord(code)}`),
    ...options.rewrite.map((place) => `--rewrite ${shellWord(place)}`),
    ...verifyFlags(options.verify),
  ];
  return ['regraft move', ...flags].join(' ');
}
