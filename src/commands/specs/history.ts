/** Commands about what was done, and the demonstration. */
import { APPLY_ANYWAY, type CommandSpec, format, one, optional } from './options.js';

export const HISTORY: readonly CommandSpec[] = [
  {
    name: 'history',
    describe: 'the runs of this repository',
    positionals: [],
    options: { format: format() },
    examples: [['$0 history', 'what was done, and which command takes it back']],
    run: async (environment) => (await import('../history.js')).history(environment),
  },
  {
    name: 'undo',
    describe: 'take a run back, as a new commit',
    positionals: [one('run', 'the run; default: the latest', true)],
    options: { format: format(), apply: APPLY_ANYWAY },
    examples: [['$0 undo', 'the latest run']],
    run: async (environment, argv) =>
      (await import('../history.js')).undo(environment, {
        run: optional(argv, 'run'),
        dryRun: argv['dry-run'] === true,
      }),
  },
  {
    name: 'restore',
    describe: 'bring a deleted file back from the archive, as a new commit',
    positionals: [one('path', 'the path it had')],
    options: { format: format(), apply: APPLY_ANYWAY },
    examples: [['$0 restore integration/cross_system_apis_robust.py', 'the file as it was']],
    run: async (environment, argv) =>
      (await import('../history.js')).restore(environment, {
        path: String(argv.path),
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
    name: 'demo',
    describe: 'run the main job on a bundled repository and explain it',
    positionals: [],
    options: { format: format(), keep: { type: 'boolean', describe: 'keep the repository afterwards' } },
    examples: [['$0 demo', 'under a minute, in a temporary directory']],
    run: async (environment, argv) => (await import('../demo.js')).demo(environment, { keep: argv.keep === true }),
  },
];
