/**
 * Verification: the user's commands, run on the state before (the baseline) and on each batch. Only what the batch broke
 * counts: a new failure, a test that vanished, an exit that was zero before.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { EXIT, problem, RegraftError } from '../core/problems.js';
import { type CommandResult, runCommand, runProcess } from './command.js';
import { hookArguments } from './git.js';
import { makeStateDirectory, remove, writeNew } from './mutations.js';
import { stagingIndex } from './objects.js';
import { type Repository, stateDirectory } from './repository.js';
import { readTestOutput, type TestReport } from './test-output.js';

export interface VerifyPlan {
  /** Shell commands, run in the top directory. */
  readonly commands: readonly string[];
  /** Milliseconds per command. Default 30 minutes. */
  readonly timeout?: number;
  /** Run the repository's own pre-commit and commit-msg hooks. Default true. */
  readonly hooks?: boolean;
}

/** One command that held for one batch. */
export interface Verified {
  readonly batch: string;
  readonly command: string;
  readonly exitCode: number | null;
  /** Tests that ran; `null` when the output is not recognised. */
  readonly ran: number | null;
  /** Failed now as before. */
  readonly failing: readonly string[];
  /** Failed once and passed when run again. */
  readonly flaky: readonly string[];
  /** Milliseconds. */
  readonly duration: number;
  /** Path of the full output. */
  readonly log: string;
}

/** Why a batch did not hold. */
export interface Evidence {
  readonly command: string;
  readonly exitCode: number | null;
  readonly reason: string;
  readonly newFailures: readonly string[];
  /** The end of the output. */
  readonly output: string;
  readonly log: string | null;
}

export class VerificationFailed extends RegraftError {
  constructor(readonly evidence: Evidence) {
    super(
      problem('verification-failed', `${evidence.command}: ${evidence.reason}`, {
        hint: evidence.log === null ? 'see the output above' : `the full output: ${evidence.log}`,
      }),
      EXIT.rolledBack,
    );
  }
}

export const interrupted = () =>
  new RegraftError(problem('interrupted', 'interrupted', { severity: 'info' }), EXIT.interrupted);

interface Run {
  readonly result: CommandResult;
  readonly report: TestReport | null;
  readonly log: string;
}

const HALF_AN_HOUR = 30 * 60 * 1000;
const SHOWN = 4000;

export class Verifier {
  readonly #baseline = new Map<string, Run>();

  constructor(
    readonly repository: Repository,
    readonly plan: VerifyPlan,
    readonly run: string,
    readonly signal: AbortSignal | undefined,
  ) {}

  /**
   * Runs every command on the present state.
   * @throws RegraftError `baseline-red` when one fails and its failures cannot be told apart, `interrupted`
   */
  async takeBaseline(onCommand: (command: string) => void): Promise<void> {
    for (const command of this.plan.commands) {
      onCommand(command);
      const run = await this.#run(command, 'baseline');
      const usable = run.result.ended === 'exit' && (run.result.exitCode === 0 || (run.report?.failing.size ?? 0) > 0);
      if (!usable) throw baselineRed(command, run);
      this.#baseline.set(command, run);
    }
  }

  /** @throws VerificationFailed, or RegraftError `interrupted` */
  async check(batch: string, message: string, onCommand: (command: string) => void): Promise<Verified[]> {
    if (this.plan.hooks !== false) await this.#runHooks(batch, message);
    const verified: Verified[] = [];
    for (const command of this.plan.commands) {
      onCommand(command);
      verified.push(await this.#checkCommand(batch, command));
    }
    return verified;
  }

  async #checkCommand(batch: string, command: string): Promise<Verified> {
    const before = this.#baseline.get(command) as Run;
    const run = await this.#run(command, batch);
    const evidence = compare(command, before, run);
    if (evidence === null) return verifiedBy(batch, command, run, []);
    if (run.result.ended !== 'exit') throw new VerificationFailed(evidence);
    // Once more, to tell a flaky test from a broken one.
    const again = await this.#run(command, batch);
    const still = compare(command, before, again);
    if (still !== null) throw new VerificationFailed(still);
    return verifiedBy(batch, command, again, evidence.newFailures);
  }

  async #run(command: string, label: string): Promise<Run> {
    const timeout = this.plan.timeout ?? HALF_AN_HOUR;
    const result = await runCommand(command, { directory: this.repository.top, timeout, signal: this.signal });
    const log = this.#log(label, `$ ${command}\n${result.output}`);
    if (result.ended === 'interrupt') throw interrupted();
    return { result, report: readTestOutput(result.output), log };
  }

  #log(label: string, text: string): string {
    const directory = join(stateDirectory(this.repository), 'logs');
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
    const { top } = this.repository;
    const environment = { GIT_INDEX_FILE: stagingIndex(this.repository), GIT_EDITOR: ':' };
    const timeout = this.plan.timeout ?? HALF_AN_HOUR;
    const options = { directory: top, timeout, signal: this.signal, environment };
    const result = await runProcess('git', hookArguments(name, args), options);
    if (result.ended === 'interrupt') throw interrupted();
    if (result.exitCode === 0) return;
    const log = this.#log(`${batch}-${name}`, result.output);
    const reason = `the repository's ${name} hook refused (exit code ${result.exitCode})`;
    throw new VerificationFailed(evidenceOf(`git hook run ${name}`, { result, report: null, log }, reason, []));
  }
}

/** What is worse than at the baseline; `null` when nothing is. */
function compare(command: string, before: Run, now: Run): Evidence | null {
  const fail = (reason: string, failures: readonly string[] = []) => evidenceOf(command, now, reason, failures);
  if (now.result.ended === 'timeout') return fail('it did not end in time');
  const known = before.report?.failing ?? new Set<string>();
  const failures = [...(now.report?.failing ?? [])].filter((id) => !known.has(id));
  if (failures.length > 0) return fail(`${failures.length} new failure(s)`, failures);
  if (before.report !== null && now.report === null) return fail('no test result in its output any more');
  if (before.report !== null && now.report !== null && now.report.ran < before.report.ran) {
    return fail(`${before.report.ran} tests ran before, only ${now.report.ran} now`);
  }
  const worse = now.result.exitCode !== 0 && now.result.exitCode !== before.result.exitCode;
  return worse ? fail(`exit code ${now.result.exitCode ?? 'none (killed)'}, was ${before.result.exitCode}`) : null;
}

function evidenceOf(command: string, run: Run, reason: string, newFailures: readonly string[]): Evidence {
  const { exitCode, output } = run.result;
  return { command, exitCode, reason, newFailures, output: output.slice(-SHOWN), log: run.log };
}

function verifiedBy(batch: string, command: string, run: Run, flaky: readonly string[]): Verified {
  const { result, report, log } = run;
  const { exitCode, duration } = result;
  return {
    batch,
    command,
    exitCode,
    ran: report?.ran ?? null,
    failing: [...(report?.failing ?? [])],
    flaky,
    duration,
    log,
  };
}

function baselineRed(command: string, run: Run): RegraftError {
  const why = run.result.ended === 'timeout' ? 'does not end in time' : `fails (exit code ${run.result.exitCode})`;
  return new RegraftError(
    problem(
      'baseline-red',
      `${command}: ${why} before anything was changed:\n${run.result.output.slice(-SHOWN).trimEnd()}`,
      {
        hint: `make it pass first, or verify with another command; the full output: ${run.log}`,
      },
    ),
    EXIT.refused,
  );
}
