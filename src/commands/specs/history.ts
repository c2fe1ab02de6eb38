/** Commands about what was done, and the demonstration. */
import { problem, RegraftError } from '../../core/problems.js';
import {
  APPLY_ANYWAY,
  type Arguments,
  applies,
  type CommandSpec,
  format,
  one,
  optional,
  VERIFYING,
  verification,
} from './options.js';

function daysOf({ prune }: Arguments): number {
  const days = Number(prune);
  if (Number.isFinite(days) && days >= 0) return days;
  throw new RegraftError(problem('usage', '--prune takes a number of days', { hint: 'regraft history --prune 90' }));
}

export const HISTORY: readonly CommandSpec[] = [
  {
    name: 'history',
    describe: 'the runs of this repository',
    positionals: [],
    options: {
      format: format(),
      prune: {
        type: 'number',
        requiresArg: true,
        describe: 'forget runs older than so many days: logs, outputs, archive',
      },
      apply: { type: 'boolean', describe: 'with --prune: do it' },
    },
    examples: [
      ['$0 history', 'what was done, and which command takes it back'],
      ['$0 history --prune 90 --apply', 'keep three months'],
    ],
    run: async (environment, argv) => {
      const commands = await import('../history.js');
      if (argv.prune === undefined) return commands.history(environment);
      return commands.prune(environment, { days: daysOf(argv), apply: applies(argv) });
    },
  },
  {
    name: 'undo',
    describe: 'take a run back, as a new commit',
    positionals: [one('run', 'the run; default: the latest', true)],
    options: { format: format(), apply: APPLY_ANYWAY, ...VERIFYING },
    examples: [['$0 undo', 'the latest run']],
    run: async (environment, argv) =>
      (await import('../history.js')).undo(environment, {
        run: optional(argv, 'run'),
        verify: verification(argv),
        dryRun: argv['dry-run'] === true,
      }),
  },
  {
    name: 'restore',
    describe: 'bring a deleted file back from the archive, as a new commit',
    positionals: [one('path', 'the path it had')],
    options: { format: format(), apply: APPLY_ANYWAY, ...VERIFYING },
    examples: [['$0 restore integration/cross_system_apis_robust.py', 'the file as it was']],
    run: async (environment, argv) =>
      (await import('../history.js')).restore(environment, {
        path: String(argv.path),
        verify: verification(argv),
        dryRun: argv['dry-run'] === true,
      }),
  },
  {
    name: 'recover',
    describe: 'finish or roll back an interrupted run',
    positionals: [],
    options: { format: format(), apply: APPLY_ANYWAY },
    examples: [['$0 recover', 'after a crash']],
    run: async (environment, argv) =>
      (await import('../history.js')).recover(environment, { dryRun: argv['dry-run'] === true }),
  },
  {
    name: 'doctor',
    describe: 'say what works here, and what would make a run unsafe',
    positionals: [],
    options: { format: format() },
    examples: [['$0 doctor', 'before the first run; exit 3 when it would be refused']],
    run: async (environment) => (await import('../doctor.js')).doctor(environment),
  },
  {
    name: 'demo',
    describe: 'run the main job on a bundled repository and explain it',
    positionals: [],
    options: { format: format(), keep: { type: 'boolean', describe: 'keep the repository afterwards' } },
    examples: [['$0 demo', 'under a minute, in a temporary directory']],
    run: async (environment, argv) => (await import('../demo.js')).demo(environment, { keep: argv.keep === true }),
  },
];
