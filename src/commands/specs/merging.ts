/** The command that makes one module of several. */
import {
  ACCEPT_PLACE,
  applies,
  type CommandSpec,
  failureOf,
  format,
  list,
  many,
  optional,
  REWRITE,
  verification,
  verifying,
} from './options.js';

const symbols = (describe: string) => ({ type: 'string', array: true, nargs: 1, describe }) as const;

export const MERGING: readonly CommandSpec[] = [
  {
    name: 'merge',
    describe: 'make one module of several, everything that refers to them following',
    positionals: [many('names', 'the modules; the first gives the merged one its docstring and layout')],
    options: {
      format: format('markdown', 'patch'),
      into: { type: 'string', requiresArg: true, describe: 'where to: a new module, or one of them' },
      conflicts: {
        choices: ['refuse', 'rename'],
        default: 'refuse',
        describe: 'what becomes of names that mean different things in them',
      },
      rename: symbols('give a name another one: PATH:NAME or PATH:NAME=NEW (repeatable)'),
      keep: symbols('let one definition stand for all of its name: PATH:NAME (repeatable)'),
      shim: { type: 'boolean', describe: 'leave a thin module at each old place, so that the old name keeps working' },
      apply: { type: 'boolean', describe: 'do it; without this nothing is written' },
      check: { type: 'boolean', describe: 'exit 2 when there is something to do' },
      save: { type: 'string', requiresArg: true, describe: 'write the plan to this file, for regraft apply' },
      ...verifying('stop'),
      accept: ACCEPT_PLACE,
      rewrite: REWRITE,
    },
    examples: [
      ['$0 merge pkg/a.py pkg/b.py --into pkg/unified.py', 'show what would become of two modules'],
      [
        '$0 merge pkg/a.py pkg/b.py --into pkg/a.py --conflicts rename',
        'into one of them; names that clash get others',
      ],
      ["$0 merge pkg.a pkg.b --into pkg/ab.py --shim --verify 'pytest -q' --apply", 'do it, old names kept working'],
    ],
    run: async (environment, argv) =>
      (await import('../merge.js')).merge(environment, {
        names: list(argv, 'names'),
        into: optional(argv, 'into'),
        conflicts: argv.conflicts === 'rename' ? 'rename' : 'refuse',
        rename: list(argv, 'rename'),
        keep: list(argv, 'keep'),
        shims: argv.shim === true,
        accept: list(argv, 'accept'),
        rewrite: list(argv, 'rewrite'),
        verify: verification(argv),
        onFailure: failureOf(argv) ?? 'stop',
        apply: applies(argv),
        check: argv.check === true,
        save: optional(argv, 'save'),
      }),
  },
];
