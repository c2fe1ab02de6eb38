/**
 * A run: batches carried out one after the other, each a commit of its own that is exactly there or exactly not. What
 * happens within one batch is in this order on purpose; see {@link carryOut}.
 */
import type { Journal, RunLog } from '../core/journal.js';
import type { PreparedBatch, Problem } from '../core/model.js';
import { composedMoves } from '../core/moves.js';
import { EXIT, interrupted, problem, RegraftError } from '../core/problems.js';
import { VerificationFailed, type Verified } from './evidence.js';
import { withLock } from './lock.js';
import { commitMessage } from './message.js';
import { preflight, unfitness } from './preflight.js';
import { contentSource, prepare } from './prepare.js';
import { checkPublished, publish } from './publish.js';
import { clearReferenceRecord, newRunId, writeJournal } from './records.js';
import { recoverLocked, type Settled, settle, wayOut } from './recover.js';
import { advanceBranch, pinRun, readBranch } from './references.js';
import { type Repository, readHead } from './repository.js';
import type { FailedBatch, Instead, Isolated, Progress, RunOutcome, RunRequest } from './run.js';
import { Verifier } from './verify.js';

export type * from './run.js';

/**
 * Carries out batches. Finishes or rolls back an interrupted run first.
 * @throws RegraftError with every reason when the run cannot be started (exit 3); nothing is written then. After the first
 * batch has begun, problems come back in the outcome, except when not even the rollback succeeds.
 */
export function executeRun(repository: Repository, request: RunRequest): Promise<RunOutcome> {
  return withLock(repository, async () => {
    await recoverLocked(repository);
    return new Run(repository, request, await newRun(repository, request)).execute();
  });
}

async function newRun(repository: Repository, request: RunRequest): Promise<RunLog> {
  const now = new Date();
  return {
    schema: 1,
    id: newRunId(now),
    kind: request.kind ?? 'apply',
    subject: request.subject ?? null,
    branch: (await readBranch(repository, null)).head,
    before: await readHead(repository.git),
    started: now.toISOString(),
    verify: [...request.verify.commands],
    commits: [],
  };
}

class Run {
  readonly #verifier: Verifier;
  readonly #verified: Verified[] = [];
  readonly #leftovers = new Set<string>();

  constructor(
    readonly repository: Repository,
    readonly request: RunRequest,
    private log: RunLog,
  ) {
    this.#verifier = new Verifier(repository, request.verify, log.id, request.signal);
  }

  async execute(): Promise<RunOutcome> {
    try {
      return await this.#executeAll();
    } finally {
      await this.#verifier.leave();
    }
  }

  async #executeAll(): Promise<RunOutcome> {
    demand(await preflight(this.repository, this.request.batches));
    try {
      await this.#verifier.standAt(this.log.before, pathsOf(this.request.batches));
      await this.#verifier.takeBaseline(this.log.before, this.request.known, (command) =>
        this.#report('baseline', null, command),
      );
    } catch (error) {
      if (statusOf(error, this.request.signal) === 'interrupted') return this.#outcome('interrupted');
      throw error;
    }
    for (const batch of this.request.batches) {
      const failure = await this.#executeBatch(batch);
      if (failure === null) continue;
      const { instead } = this.request;
      if (failure.status !== 'verification-failed' || !instead) return this.#outcome(failure.status, failure.failed);
      return this.#takeApart(failure.failed, instead(failure.failed));
    }
    return this.#outcome('done');
  }

  async #takeApart(failed: FailedBatch, source: Instead): Promise<RunOutcome> {
    let step = await source.next();
    while (!step.done) {
      const failure = await this.#executeBatch(step.value);
      // Interrupted, or somebody is at work here: no reason to go on, and nobody's fault.
      if (failure !== null && failure.status !== 'verification-failed')
        return this.#outcome(failure.status, failure.failed);
      step = await source.next(failure?.failed ?? null);
    }
    const isSound = step.value.culprits.length === 0;
    return this.#outcome(isSound ? 'done' : 'verification-failed', isSound ? undefined : failed, step.value);
  }

  /** `null` when it has landed. */
  async #executeBatch(batch: PreparedBatch) {
    let journal: Journal | null = null;
    let failure: unknown = null;
    try {
      this.#checkSignal();
      demand(await unfitness(this.repository, [batch]));
      this.#report('prepare', batch.id, batch.title);
      const message = commitMessage(batch.message, { 'Regraft-Run': this.log.id, ...this.request.trailers });
      journal = await prepare(this.repository, this.log, batch, message);
      await this.#carryOut(journal, message);
    } catch (error) {
      failure = error;
    }
    const settled = journal === null ? null : await this.#settle(journal, failure);
    if (settled?.action === 'finished' && journal !== null) {
      this.log = journal.run;
      this.#verifier.landed();
      this.#report('landed', batch.id, journal.new);
      return null;
    }
    this.#report('rolled-back', batch.id, batch.title);
    return { status: statusOf(failure, this.request.signal), failed: failedBatch(batch, failure, settled?.kept ?? []) };
  }

  /** Pins, then the journal, then the files, then verification, and last the branch: the one moment that decides. */
  async #carryOut(journal: Journal, message: string): Promise<void> {
    const { repository } = this;
    await pinRun(repository, journal.run.id, journal.run.before, journal.new);
    writeJournal(repository, journal);
    clearReferenceRecord(repository);
    this.#report('publish', journal.batch, journal.title);
    const source = await contentSource(
      repository,
      journal.files.flatMap((file) => file.after?.blob ?? []),
    );
    // Where it does not need our files it comes first, and they are left in peace while it runs.
    if (this.request.verify.isolate) await this.#verify(journal, message);
    publish(repository, journal, source, () => this.#checkSignal());
    if (!this.request.verify.isolate) await this.#verify(journal, message);
    checkPublished(repository, journal);
    this.#checkSignal();
    await advanceBranch(repository, journal);
  }

  async #verify(journal: Journal, message: string): Promise<void> {
    const before = new Set(await untracked(this.repository));
    await this.#verifier.standAt(
      journal.new,
      journal.files.map(({ path }) => path),
    );
    const onCommand = (command: string) => this.#report('verify', journal.batch, command);
    try {
      this.#verified.push(
        ...(await this.#verifier.check({ batch: journal.batch, message, moves: movesSoFar(journal) }, onCommand)),
      );
    } finally {
      for (const path of await untracked(this.repository)) if (!before.has(path)) this.#leftovers.add(path);
    }
  }

  async #settle(journal: Journal, failure: unknown): Promise<Settled> {
    const refused = failure instanceof RegraftError && failure.problems[0]?.code === 'branch-moved';
    try {
      return await settle(this.repository, journal, refused);
    } catch (error) {
      throw unsettled(this.repository, journal, error);
    }
  }

  #checkSignal(): void {
    if (this.request.signal?.aborted) throw interrupted();
  }

  #report(step: Progress['step'], batch: string | null, detail: string): void {
    this.request.onProgress?.({ step, batch, detail });
  }

  #outcome(status: RunOutcome['status'], failed?: FailedBatch, isolated?: Isolated): RunOutcome {
    const landed = new Set(this.log.commits.map(({ batch }) => batch));
    return {
      id: this.log.id,
      commits: this.log.commits.map(({ commit }) => commit),
      titles: this.log.commits.map(({ title }) => title),
      moveCommits: this.log.commits.flatMap(({ moveCommit }) => moveCommit ?? []),
      verified: this.#verified.filter(({ batch }) => landed.has(batch)),
      status,
      leftovers: [...this.#leftovers],
      survivors: [...this.#verifier.survivors],
      verifications: this.#verifier.runs,
      standing: { commit: this.log.commits.at(-1)?.commit ?? this.log.before, runs: this.#verifier.standing },
      ...(failed === undefined ? {} : { failed }),
      ...(isolated === undefined ? {} : { isolated }),
    };
  }
}

const movesSoFar = ({ run }: Journal) => composedMoves(run.commits.map(({ moves }) => moves));

const pathsOf = (batches: readonly PreparedBatch[]) =>
  batches.flatMap(({ transitions }) => transitions.map(({ path }) => path));

function demand(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new RegraftError(problems, EXIT.refused);
}

async function untracked(repository: Repository): Promise<string[]> {
  const records = await repository.git.records(['ls-files', '-o', '--exclude-standard', '-z']);
  return records.map((record) => record.toString('utf8'));
}

function statusOf(failure: unknown, signal: AbortSignal | undefined): RunOutcome['status'] {
  // Ctrl-C reaches git's processes too, so whatever failed then failed for that reason.
  if (signal?.aborted) return 'interrupted';
  return failure instanceof VerificationFailed ? 'verification-failed' : 'stopped';
}

function failedBatch(batch: PreparedBatch, failure: unknown, kept: readonly string[]): FailedBatch {
  const evidence = failure instanceof VerificationFailed ? failure.evidence : null;
  return { batch: batch.id, title: batch.title, problems: problemsOf(failure), evidence, kept };
}

function problemsOf(failure: unknown): readonly Problem[] {
  if (failure instanceof RegraftError) return failure.problems;
  return [problem('io-error', `the batch could not be carried out: ${(failure as Error).message}`)];
}

/** Not even the rollback worked: the journal stays, and plain git commands are named. */
function unsettled(repository: Repository, journal: Journal, error: unknown): RegraftError {
  const hint = `regraft recover; or without this tool: ${wayOut(repository, journal)}`;
  const message = `run ${journal.run.id} stands half done at batch ${journal.batch}; its journal is kept`;
  return new RegraftError([...problemsOf(error), problem('unsettled', message, { hint })]);
}
