/** `regraft demo`: the main job on the bundled repository, told step by step. Runs the same commands as a user would. */

import { bundledRepository } from '../bundled/index.js';
import { EXIT } from '../core/problems.js';
import { pythonVersion } from '../io/python.js';
import { openRepository, treeOf } from '../io/repository.js';
import { createTemporaryRepository, type TemporaryRepository } from '../io/temporary-repository.js';
import { shellWord } from '../report/words.js';
import type { Environment, Outcome } from './command.js';
import { type DedupeOptions, dedupe } from './dedupe.js';
import { duplicates } from './duplicates.js';
import { undo } from './history.js';
import { run } from './run.js';

const TESTS = 'python3 -m unittest discover -q';
const PLAN = 'refactoring/all-phases.yaml';

export async function demo(environment: Environment, options: { readonly keep: boolean }): Promise<Outcome> {
  const { name, files } = bundledRepository();
  const repository = createTemporaryRepository(name, files);
  try {
    const story = new Story({ ...environment, directory: repository.top, format: 'text' }, options.keep);
    await story.tell(repository, files.size);
    return { exitCode: story.exitCode, data: { steps: story.steps }, problems: [], output: '' };
  } finally {
    if (!options.keep) repository.remove();
  }
}

class Story {
  exitCode: Outcome['exitCode'] = EXIT.done;
  readonly steps: { readonly title: string; readonly exitCode: number }[] = [];

  constructor(
    private readonly environment: Environment,
    private readonly isKept: boolean,
  ) {}

  async tell(repository: TemporaryRepository, files: number): Promise<void> {
    const python = await pythonVersion(repository.top);
    const verify = python ? [TESTS] : [];
    const before = await treeOf(await openRepository(repository.top));
    this.say(introduction(files));
    await this.step('1. What is duplicated?', 'regraft duplicates integration --suffix _robust', MEASURE, () =>
      duplicates(this.environment, { paths: ['integration'], suffixes: ['_robust'] }),
    );
    await this.step('2. What would be deleted?', 'regraft dedupe integration --suffix _robust', PREVIEW, () =>
      dedupe(this.environment, job([])),
    );
    const why = python
      ? `${APPLY} The tests of the repository run before the first change and after each commit (Python ${python}).`
      : `${APPLY} ${NO_PYTHON}`;
    await this.step(
      '3. Do it',
      `regraft dedupe integration --suffix _robust --apply${python ? ` --verify '${TESTS}'` : ''}`,
      why,
      () => dedupe(this.environment, job(verify, true)),
    );
    await this.step('4. Take it all back', 'regraft undo', UNDO, () =>
      undo(this.environment, { verify: { commands: [] } }),
    );
    const same = (await treeOf(await openRepository(repository.top))) === before;
    if (!same) this.exitCode = EXIT.error;
    this.say(
      same
        ? `The tree hash is again what it was at the start: ${before}.\n`
        : `The tree differs from the start: this is a defect.\n`,
    );
    await this.step('5. What would the whole plan come to?', `regraft run ${PLAN}`, WHOLE_PLAN, () =>
      run(this.environment, { recipe: PLAN, verify: { commands: [] }, apply: false, check: false, onFailure: 'stop' }),
    );
    this.say(`${this.isKept ? kept(repository.top) : NOT_KEPT}\n${CLOSING}`);
  }

  private say(text: string): void {
    this.environment.narrate(`${text}\n`);
  }

  private async step(title: string, command: string, why: string, run: () => Promise<Outcome>): Promise<void> {
    const { style } = this.environment;
    this.environment.progress(title);
    this.say(`${style.bold(title)}\n${why}\n\n${style.cyan(`$ ${command}`)}\n`);
    const outcome = await run();
    this.steps.push({ title, exitCode: outcome.exitCode });
    // Exit 3 is the expected answer here: half of the pairs are traps.
    if (outcome.exitCode !== EXIT.done && outcome.exitCode !== EXIT.refused) this.exitCode = outcome.exitCode;
    this.say(String(outcome.output));
  }
}

function job(verify: readonly string[], apply = false): DedupeOptions {
  return {
    paths: ['integration'],
    suffixes: ['_robust'],
    pairs: [],
    accept: [],
    batchSize: 1,
    verify: { commands: verify },
    apply,
    check: false,
    save: undefined,
    onFailure: 'stop',
  };
}

const introduction = (files: number) =>
  `regraft demo: a temporary git repository of ${files} files is written, in which eight modules of integration/ have a copy
called *_robust.py. Somebody noted "96 % identical", "100 %": these are ratios of line counts. Nobody compared contents.
`;
const MEASURE = 'Similarity is measured on code; comments, docstrings and layout are told apart.';
const PREVIEW =
  'Nothing is written. For each pair: is the copy used, by what, and would its users get the same code from the kept module?';
const APPLY = 'Each deletion is a commit of its own; what was refused above stays.';
const NO_PYTHON =
  'There is no Python on this machine, so the tests cannot run: the proof on the import graph stands alone.';
const UNDO = 'Undo is a new commit through the same transaction; nothing is ever lost.';
const WHOLE_PLAN = `A recipe in the repository: copies go, those with something of their own become part of what they were copied from,
three modules become one workflow system, others move into tiers and packages. Each phase is planned on the result of
the one before. Nothing is written.`;
const kept = (top: string) => `The repository is kept. To carry the plan out there:
  cd ${shellWord(top)}
  regraft run ${PLAN} --apply`;
const NOT_KEPT = 'To carry the plan out on this repository, keep it: regraft demo --keep.';
const CLOSING = 'Next: regraft dedupe in your own repository. It only previews until you say --apply.';
