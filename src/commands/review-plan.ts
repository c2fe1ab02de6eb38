/**
 * `regraft review PLAN`: a saved plan is gone through operation by operation, and what is left of it is computed anew and
 * saved. Asks, computes and keeps; what the answers mean is said in `plan-dialogue.ts`.
 */
import type { Intent } from '../core/plan.js';
import { EXIT, RegraftError } from '../core/problems.js';
import { concludedIntent, isEmptyIntent, type Reviewed, reviewedIntent } from '../core/reviewing.js';
import { demandFree } from '../io/plan-file.js';
import { ReviewRecord } from '../io/review-record.js';
import { inert } from '../report/inert.js';
import type { FileChange } from '../report/patch.js';
import { endLines } from '../report/review-end.js';
import { height, operationScreen, operationText, type ReviewedOperation } from '../report/review-screen.js';
import { counted, shellWord } from '../report/words.js';
import type { Environment, Outcome } from './command.js';
import { namedMoves } from './destinations.js';
import { begun, commonKey, given, questionText, said } from './dialogue.js';
import { DEFAULT_ON_FAILURE } from './isolating.js';
import type { OperationView, PlannedOperation } from './operations.js';
import { type Asked, answered, edited, editPrompt, openOf, type PlanDialogue, promptFor } from './plan-dialogue.js';
import { conclude, diffOf, type PlannedWork } from './planning.js';
import { type Ask, asker, reviewHits } from './review.js';
import { openSaved, type SavedPlan, workFor } from './saved-plan.js';
import { turn } from './turn.js';

export interface ReviewOptions {
  readonly plan: string;
  /** Where what is left of the plan is written. */
  readonly save: string | undefined;
}

const OFF_TERMINAL =
  'plan again with fewer operations, --accept CODE:PATH:LINE, --rewrite PATH:LINE; regraft apply PLAN -n shows a plan';

/** @throws RegraftError `usage` off a terminal, `exists` where there is a file already, and what opening a plan throws */
export async function reviewPlan(environment: Environment, options: ReviewOptions): Promise<Outcome> {
  const ask = asker(environment, 'regraft review', OFF_TERMINAL);
  if (options.save !== undefined) demandFree(environment.directory, options.save);
  const command = `regraft apply ${shellWord(options.save ?? options.plan)}`;
  return new PlanReview(environment, options, ask, command, await openSaved(environment, options.plan, command)).run();
}

/** What is asked about, all of one intent. */
interface Scene extends Asked {
  readonly operations: readonly PlannedOperation[];
  readonly views: Map<string, OperationView>;
}

type Computed = Pick<Scene, 'intent' | 'operations' | 'views'>;

/** Rows of a terminal that does not say how many it has. */
const USUAL_ROWS = 24;

class PlanReview {
  private dialogue: PlanDialogue = begun();
  private readonly record: ReviewRecord;
  private computed: Computed;
  /** The plan that was computed last; keys that change nothing ask for it again. */
  private last: { readonly intent: string; readonly work: PlannedWork };

  constructor(
    private readonly environment: Environment,
    private readonly options: ReviewOptions,
    private readonly ask: Ask,
    private readonly command: string,
    private readonly opened: SavedPlan,
  ) {
    const { saved, session, work } = opened;
    this.record = new ReviewRecord(session.repository, saved.id);
    this.computed = { intent: saved.intent, operations: work.operations(), views: new Map() };
    this.last = { intent: JSON.stringify(saved.intent), work };
  }

  async run(): Promise<Outcome> {
    if (this.computed.operations.length === 0)
      return {
        exitCode: EXIT.done,
        data: {},
        problems: [],
        output: 'the plan does nothing: there is nothing to review\n',
      };
    this.goOn();
    for (;;) {
      const reviewed = reviewedIntent(this.opened.saved.intent, this.dialogue.steps);
      const scene = { ...(await this.computedFor(reviewed.intent)), answers: reviewed.answers };
      const before = this.dialogue.steps;
      const end = await this.askNext(scene, reviewed);
      if (end) return end;
      if (this.dialogue.steps !== before) this.keep();
      if (this.dialogue.stopped) return this.left(scene);
    }
  }

  /** Answers of an earlier review of the same plan count. */
  private goOn(): void {
    const { steps, isDamaged } = this.record.read();
    this.dialogue = begun(steps);
    if (isDamaged) this.dialogue = said(this.dialogue, 'the answers kept from before cannot be read; it begins anew');
    if (steps.length > 0) this.dialogue = said(this.dialogue, 'going on after the last answer; u takes it back');
  }

  private keep(): void {
    try {
      this.record.save(this.dialogue.steps);
    } catch (error) {
      // A full disk must not end what somebody is in the middle of.
      this.dialogue = said(this.dialogue, `the answers cannot be kept: ${(error as NodeJS.ErrnoException).code}`);
    }
  }

  private async computedFor(intent: Intent): Promise<Computed> {
    if (JSON.stringify(intent) === JSON.stringify(this.computed.intent)) return this.computed;
    const { operations } = await this.workOf(intent);
    this.computed = { intent, operations: operations(), views: new Map() };
    return this.computed;
  }

  private async workOf(intent: Intent): Promise<PlannedWork> {
    const key = JSON.stringify(intent);
    if (key === this.last.intent) return this.last.work;
    this.environment.progress('computing the plan again');
    const work = await workFor(this.environment, this.opened.session, intent, this.command);
    this.environment.progress('');
    this.last = { intent: key, work };
    return work;
  }

  /** Asks once. @returns the outcome when the review is over */
  private async askNext(scene: Scene, reviewed: Reviewed): Promise<Outcome | null> {
    const [operation] = openOf(scene);
    if (!operation) return this.askAtEnd(scene, concludedIntent(reviewed));
    const view = this.viewOf(scene, operation);
    const shown = this.shown(scene, operation, view);
    const key = await this.question(
      (rows) => operationScreen(shown, rows, this.environment.style),
      promptFor(scene, operation, view.refusals),
    );
    if (key === 'd') await this.show(operationText(shown, this.environment.style));
    else if (key === 'e') await this.edit(scene, operation, view);
    else this.dialogue = answered(this.dialogue, scene, operation, key);
    return null;
  }

  private viewOf({ views }: Scene, operation: PlannedOperation): OperationView {
    const view = views.get(operation.key) ?? operation.look();
    views.set(operation.key, view);
    this.environment.progress('');
    return view;
  }

  private shown(
    { operations }: Scene,
    operation: PlannedOperation,
    { lines, changes }: OperationView,
  ): ReviewedOperation {
    // What happens to the users of a file says more than that it stands elsewhere, or that all of its lines go.
    const weight = ({ before, after, from }: FileChange) =>
      after === null ? 3 : before === null ? 2 : from === undefined ? 0 : 1;
    const sorted = [...changes].sort((a, b) => weight(a) - weight(b));
    const diff = diffOf(this.environment, sorted).split('\n').slice(0, -1);
    return { title: `${operations.indexOf(operation) + 1} of ${operations.length}`, lines, diff };
  }

  private async question(screen: (rows: number) => readonly string[], prompt: string): Promise<string> {
    const { style, rows = USUAL_ROWS } = this.environment;
    const { notice } = this.dialogue;
    const above = notice === '' ? 0 : height([...notice.split('\n'), ''], style);
    // A Ctrl-C while something was computed is heard now.
    await turn(this.environment);
    return (await this.ask(questionText(notice, screen(rows - above - 1), prompt))).trim();
  }

  private async show(text: string): Promise<void> {
    const { show } = this.environment;
    this.dialogue = said(this.dialogue, show ? '' : text);
    await show?.(text);
  }

  private async edit(scene: Scene, operation: PlannedOperation, { refusals }: OperationView): Promise<void> {
    const prompt = editPrompt(scene.intent, refusals);
    if (prompt === null) {
      this.dialogue = said(this.dialogue, 'there is nothing to change about it: y or n');
      return;
    }
    const text = (await this.ask(prompt)).trim();
    const { session } = this.opened;
    const destination = (from: string, to: string) => {
      const [move] = namedMoves(session, session.repository.top, [from, to]);
      return move as NonNullable<typeof move>;
    };
    try {
      this.dialogue = edited(this.dialogue, scene, operation, refusals, text, destination);
    } catch (error) {
      if (!(error instanceof RegraftError)) throw error;
      this.dialogue = said(this.dialogue, error.problems.map(({ message }) => inert(message)).join('\n'));
    }
  }

  /** All operations have their answers: what is doubtful in texts, and whether that shall be the plan. */
  private async askAtEnd(scene: Scene, intent: Intent): Promise<Outcome | null> {
    const isEmpty = isEmptyIntent(intent) || openOf({ ...scene, answers: rejectedOf(scene) }).length === 0;
    const work = isEmpty ? null : await this.workOf(intent);
    const doubtful = work?.hits.filter(({ decision }) => decision === 'review') ?? [];
    if (doubtful.length > 0) return this.askPlaces(doubtful);
    const lines = endLines(
      { answers: [...scene.answers.values()], plan: work?.plan ?? null, before: this.opened.saved },
      this.environment.style,
    );
    const what = { title: 'what is left', lines, diff: [] };
    const key = await this.question(
      (rows) => operationScreen(what, rows, this.environment.style),
      this.endPrompt(work),
    );
    if (key === 'y') return this.finished(work);
    if (key === 'd') await this.show(work?.preview() ?? '');
    else this.dialogue = commonKey(this.dialogue, key, END_HELP);
    return null;
  }

  private endPrompt(work: PlannedWork | null): string {
    const { save } = this.options;
    const what = work && save !== undefined ? `save it as ${inert(save)}?` : 'is that all?';
    return `${what} [y,u,d,q,?] `;
  }

  /** Places in text are answered as `--review` asks; the answers are one step. */
  private async askPlaces(doubtful: PlannedWork['hits']): Promise<null> {
    const { accept, rewrite, undecided } = await reviewHits(doubtful, this.ask);
    if (accept.length + rewrite.length > 0) {
      const step = { edit: 'places' as const, key: null, accept: [...accept], rewrite: [...rewrite] };
      this.dialogue = given(this.dialogue, step);
    }
    if (undecided > 0) this.dialogue = { ...this.dialogue, stopped: true };
    return null;
  }

  private async finished(work: PlannedWork | null): Promise<Outcome> {
    const { save } = this.options;
    if (work === null) {
      this.record.forget();
      const output = 'nothing is left of the plan: nothing was saved\n';
      return { exitCode: EXIT.done, data: {}, problems: [], output };
    }
    const onFailure = DEFAULT_ON_FAILURE[this.opened.saved.intent.command];
    const planning = { verify: { commands: [] }, apply: false, check: false, save, onFailure };
    const outcome = await conclude(this.environment, this.opened.session, planning, work);
    if (save === undefined) return { ...outcome, output: `${this.onward(`--save FILE`)}` };
    this.record.forget();
    return outcome;
  }

  private left({ operations, answers }: Scene): Outcome {
    const done = operations.filter(({ key }) => answers.has(key)).length;
    const output = `${done} of ${counted(operations.length, 'answer')} given and kept; ${this.onward('')}`;
    const exitCode = this.environment.signal.aborted ? EXIT.interrupted : EXIT.done;
    return { exitCode, data: { answered: done, of: operations.length }, problems: [], output };
  }

  private onward(flags: string): string {
    const { plan, save } = this.options;
    const saving = save === undefined ? flags : `--save ${shellWord(save)}`;
    return `to go on there:\n  ${['regraft review', shellWord(plan), saving].filter(Boolean).join(' ')}\n`;
  }
}

const END_HELP = [
  'y  that is the plan',
  'u  take the last answer back',
  'd  the whole plan, as regraft apply would show it',
  'q  stop here; the next review of this plan goes on after the last answer',
].join('\n');

/** As if only what was rejected had been answered. */
function rejectedOf({ answers }: Scene): Scene['answers'] {
  return new Map([...answers].filter(([, answer]) => answer === 'reject'));
}
