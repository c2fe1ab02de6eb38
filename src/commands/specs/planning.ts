/** Commands that plan a change, and carry plans out. */
import { problem, RegraftError } from '../../core/problems.js';
import {
  APPLY_ANYWAY,
  applies,
  type CommandSpec,
  failureOf,
  format,
  list,
  many,
  one,
  optional,
  SUFFIX,
  verification,
  verifying,
} from './options.js';

function batchSizeOf(argv: Record<string, unknown>): number {
  const size = Number(argv['batch-size'] ?? 1);
  if (Number.isInteger(size) && size >= 1) return size;
  throw new RegraftError(
    problem('usage', '--batch-size takes a whole number from 1', { hint: '--batch-size 5: five deletions per commit' }),
  );
}

export const PLANNING: readonly CommandSpec[] = [
  {
    name: 'dedupe',
    describe: 'delete duplicate modules, their users redirected to the kept ones',
    positionals: [many('paths', 'directories, or the duplicates themselves; default: everything')],
    options: {
      format: format('markdown', 'patch'),
      suffix: SUFFIX,
      pair: { type: 'string', array: true, nargs: 1, describe: 'REMOVE=KEEP, when the names do not tell (repeatable)' },
      apply: { type: 'boolean', describe: 'do it; without this nothing is written' },
      check: { type: 'boolean', describe: 'exit 2 when there is something to do' },
      save: { type: 'string', requiresArg: true, describe: 'write the plan to this file, for regraft apply' },
      ...verifying('isolate'),
      'batch-size': { type: 'number', default: 1, describe: 'deletions per commit' },
      accept: {
        type: 'string',
        array: true,
        nargs: 1,
        describe: 'accept a refusal by CODE, CODE:PATH or CODE:PATH:LINE (repeatable)',
      },
    },
    examples: [
      ['$0 dedupe integration --suffix _robust', 'preview: what would go, what not, and why'],
      [
        "$0 dedupe integration --suffix _robust --verify 'python -m unittest discover -q' --apply",
        'do it, one commit each',
      ],
      ['$0 dedupe --pair old/util.py=core/util.py --format patch', 'a pair of any names, as a patch'],
    ],
    run: async (environment, argv) =>
      (await import('../dedupe.js')).dedupe(environment, {
        paths: list(argv, 'paths'),
        suffixes: list(argv, 'suffix'),
        pairs: list(argv, 'pair'),
        accept: list(argv, 'accept'),
        batchSize: batchSizeOf(argv),
        verify: verification(argv),
        onFailure: failureOf(argv) ?? 'isolate',
        apply: applies(argv),
        check: argv.check === true,
        save: optional(argv, 'save'),
      }),
  },
  {
    name: 'review',
    describe: 'go through a saved plan, one operation at a time, and save what is left of it',
    positionals: [one('plan', 'file written by --save')],
    options: {
      format: format(),
      save: { type: 'string', requiresArg: true, describe: 'write the reviewed plan to this file, for regraft apply' },
    },
    examples: [
      ['$0 review plan.json --save reviewed.json', 'accept, reject, edit, undo; then regraft apply reviewed.json'],
      ['$0 review plan.json', 'the same, without an end: answers are kept for the next time'],
    ],
    run: async (environment, argv) =>
      (await import('../review-plan.js')).reviewPlan(environment, {
        plan: String(argv.plan),
        save: optional(argv, 'save'),
      }),
  },
  {
    name: 'apply',
    describe: 'carry out a saved plan; a stale one is refused',
    positionals: [one('plan', 'file written by --save')],
    options: { format: format(), apply: APPLY_ANYWAY, ...verifying(null) },
    examples: [['$0 apply plan.json', 'exactly what was reviewed, or nothing']],
    run: async (environment, argv) =>
      (await import('../apply.js')).apply(environment, {
        plan: String(argv.plan),
        verify: verification(argv),
        dryRun: argv['dry-run'] === true,
        onFailure: failureOf(argv),
      }),
  },
];
