/**
 * Verification: the user's commands, run on the state before (the baseline) and on each batch. Only what the batch broke
 * counts: a new failure, a test that vanished, an exit that was zero before.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { MovedFile, ObjectId } from '../core/model.js';
import { EXIT, interrupted, problem, RegraftError } from '../core/problems.js';
import { runCommand, runProcess } from './command.js';
import {
  baselineRed,
  compare,
  type Evidence,
  evidenceOf,
  marksOf,
  moved,
  type Run,
  VerificationFailed,
  type Verified,
  verifiedBy,
} from './evidence.js';
import { hookArguments } from './git.js';
import { makeStateDirectory, remove, writeNew } from './mutations.js';
import { stagingIndex } from './objects.js';
import { importedFromElsewhere } from './python.js';
import { outputDirectory } from './records.js';
import { type Repository, stateDirectory } from './repository.js';
import type { Standing } from './run.js';
import { checkOutSeparately, removeSeparateTree } from './separate-tree.js';
import { readTestOutput } from './test-output.js';

export interface VerifyPlan {
  /** Shell commands, run in the top directory. */
  readonly commands: readonly string[];
  /** Milliseconds per command. Default 30 minutes. */
  readonly timeout?: number;
  /** Verify in a working tree of its own. Default false: editable installs and local environments point at the user's. */
  readonly isolate?: boolean;
  /** Run the repository's own pre-commit and commit-msg hooks. Default true. */
  readonly hooks?: boolean;
}

const BASELINE = 'baseline';
const HALF_AN_HOUR = 30 * 60 * 1000;

export class Verifier {
  readonly #baseline = new Map<string, Run>();
  /** How each command last ended on a state that held. */
  readonly #standing = new Map<string, Run>();
  /** The same of the batch at hand, which may still not land. */
  readonly #pending = new Map<string, Run>();
  /** What has failed twice in a row on one batch: on a part of it, once is enough. */
  readonly #confirmed = new Set<string>();
  /** How often a command ran, the baseline not counted. */
  runs = 0;
  /** Processes that commands have left running, as `PID COMMAND`. */
  readonly survivors = new Set<string>();
  /** Where the commands run. */
  #directory: string;

  constructor(
    readonly repository: Repository,
    readonly plan: VerifyPlan,
    readonly run: string,
    readonly signal: AbortSignal | undefined,
  ) {
    this.#directory = repository.top;
  }

  /**
   * With `isolate`, the next commands run on a commit in a working tree of its own.
   * @param paths files of the batches, whose packages must be imported from there
   * @throws RegraftError `imported-elsewhere`
   */
  async standAt(commit: ObjectId, paths: readonly string[]): Promise<void> {
    if (!this.plan.isolate || this.plan.commands.length === 0) return;
    this.#directory = await checkOutSeparately(this.repository, commit);
    for (const python of new Set(this.plan.commands.map(interpreterOf))) await this.#probe(python, paths);
  }

  async #probe(python: string, paths: readonly string[]): Promise<void> {
    const elsewhere = await importedFromElsewhere(python, this.#directory, paths).catch(
      () => new Map<string, string>(),
    );
    const [first] = elsewhere;
    if (first === undefined) return;
    const message = `in a working tree of its own, ${python} would import '${first[0]}' from ${first[1]}, and test other code`;
    const hint = 'verify without --isolate, or with a command that puts the tree it runs in first';
    throw new RegraftError(problem('imported-elsewhere', message, { hint }), EXIT.refused);
  }

  /** Takes away what {@link standAt} made. */
  async leave(): Promise<void> {
    if (this.plan.isolate) await removeSeparateTree(this.repository);
  }

  /**
   * Runs every command on the present state, but for those whose end is known of this very commit.
   * @throws RegraftError `baseline-red` when one fails and its failures cannot be told apart, `interrupted`
   */
  async takeBaseline(
    commit: ObjectId,
    known: Standing | undefined,
    onCommand: (command: string) => void,
  ): Promise<void> {
    for (const command of this.plan.commands) {
      const kept = known?.commit === commit ? known.runs.get(command) : undefined;
      if (!kept) onCommand(command);
      const run = kept ?? (await this.#run(command, BASELINE));
      const usable = run.result.ended === 'exit' && (run.result.exitCode === 0 || (run.report?.failing.size ?? 0) > 0);
      if (!usable) throw baselineRed(command, run);
      this.#baseline.set(command, run);
      this.#standing.set(command, run);
    }
  }

  /** What was checked last has become the state of things. */
  landed(): void {
    for (const [command, run] of this.#pending) this.#standing.set(command, run);
  }

  /** By command; of what has landed, so nothing of a batch that did not. */
  get standing(): ReadonlyMap<string, Run> {
    return this.#standing;
  }

  /**
   * @param moves files that stand elsewhere than at the baseline: their tests have other names
   * @throws VerificationFailed, or RegraftError `interrupted`
   */
  async check(
    { batch, message, moves }: { batch: string; message: string; moves: readonly MovedFile[] },
    onCommand: (command: string) => void,
  ): Promise<Verified[]> {
    if (this.plan.hooks !== false) await this.#runHooks(batch, message);
    const verified: Verified[] = [];
    for (const command of this.plan.commands) {
      onCommand(command);
      verified.push(await this.#checkCommand(batch, command, moves));
    }
    return verified;
  }

  async #checkCommand(batch: string, command: string, moves: readonly MovedFile[]): Promise<Verified> {
    const before = moved(this.#baseline.get(command) as Run, moves);
    const run = await this.#run(command, batch);
    const evidence = compare(command, before, run);
    this.#pending.set(command, run);
    if (evidence === null) return verifiedBy(batch, command, run, []);
    if (run.result.ended !== 'exit' || this.#isConfirmed(evidence)) throw new VerificationFailed(evidence);
    // Once more, to tell a flaky test from a broken one.
    const again = await this.#run(command, batch);
    const still = compare(command, before, again);
    if (still !== null) throw this.#confirm(still);
    this.#pending.set(command, again);
    return verifiedBy(batch, command, again, evidence.newFailures);
  }

  #isConfirmed(evidence: Evidence): boolean {
    return marksOf(evidence).every((mark) => this.#confirmed.has(mark));
  }

  #confirm(evidence: Evidence): VerificationFailed {
    for (const mark of marksOf(evidence)) this.#confirmed.add(mark);
    return new VerificationFailed(evidence);
  }

  async #run(command: string, label: string): Promise<Run> {
    if (label !== BASELINE) this.runs++;
    const timeout = this.plan.timeout ?? HALF_AN_HOUR;
    const result = await runCommand(command, { directory: this.#directory, timeout, signal: this.signal });
    for (const process of result.survivors) this.survivors.add(process);
    const log = this.#log(label, `$ ${command}\n${result.output}`);
    if (result.ended === 'interrupt') throw interrupted();
    return { result, limit: timeout, report: readTestOutput(result.output), log };
  }

  #log(label: string, text: string): string {
    const directory = outputDirectory(this.repository);
    makeStateDirectory(directory);
    const name = `${this.run}-${label.replace(/[^\w.-]/g, '_')}-${randomBytes(3).toString('hex')}.log`;
    writeNew(join(directory, name), text);
    return join(directory, name);
  }

  /** The index they see is the one that holds the batch's tree. */
  async #runHooks(batch: string, message: string): Promise<void> {
    const file = join(stateDirectory(this.repository), `message-${randomBytes(6).toString('hex')}`);
    writeNew(file, message);
    try {
      await this.#runHook(batch, 'pre-commit', []);
      await this.#runHook(batch, 'commit-msg', [file]);
    } finally {
      remove(file);
    }
  }

  async #runHook(batch: string, name: string, args: readonly string[]): Promise<void> {
    const environment = { GIT_INDEX_FILE: stagingIndex(this.repository), GIT_EDITOR: ':' };
    const timeout = this.plan.timeout ?? HALF_AN_HOUR;
    const options = { directory: this.#directory, timeout, signal: this.signal, environment };
    const result = await runProcess('git', hookArguments(name, args), options);
    if (result.ended === 'interrupt') throw interrupted();
    if (result.exitCode === 0) return;
    const log = this.#log(`${batch}-${name}`, result.output);
    const reason = `the repository's ${name} hook refused (exit code ${result.exitCode})`;
    throw new VerificationFailed(
      evidenceOf(`git hook run ${name}`, { result, limit: timeout, report: null, log }, reason, []),
    );
  }
}

/** The Python that a command names; what else it runs will mostly start the usual one. */
const interpreterOf = (command: string): string =>
  /(?:^|[\s;&|(])([\w./~-]*\bpython[\d.]*)(?=\s)/.exec(command)?.[1] ?? 'python3';
