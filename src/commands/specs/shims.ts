/** Commands about shims. */
import {
  applies,
  type CommandSpec,
  failureOf,
  format,
  list,
  many,
  optional,
  verification,
  verifying,
} from './options.js';

export const SHIMS: readonly CommandSpec[] = [
  {
    name: 'retire',
    describe: 'delete shims (left by move --shim) that nothing uses any more',
    positionals: [many('paths', 'directories, or the shims themselves; default: all of them')],
    options: {
      format: format('markdown', 'patch'),
      redirect: { type: 'boolean', describe: 'send users of old names to the new ones first' },
      apply: { type: 'boolean', describe: 'do it; without this nothing is written' },
      check: { type: 'boolean', describe: 'exit 2 when there is something to do' },
      save: { type: 'string', requiresArg: true, describe: 'write the plan to this file, for regraft apply' },
      ...verifying('isolate'),
      accept: {
        type: 'string',
        array: true,
        nargs: 1,
        describe: 'accept a refusal by CODE:PATH or CODE:PATH:LINE (repeatable)',
      },
    },
    examples: [
      ['$0 retire', 'preview: which shims are no longer used, and who uses the others'],
      ["$0 retire --redirect --verify 'python -m unittest discover -q' --apply", 'send all users on, delete all shims'],
    ],
    run: async (environment, argv) =>
      (await import('../retire.js')).retire(environment, {
        paths: list(argv, 'paths'),
        redirect: argv.redirect === true,
        accept: list(argv, 'accept'),
        verify: verification(argv),
        onFailure: failureOf(argv) ?? 'isolate',
        apply: applies(argv),
        check: argv.check === true,
        save: optional(argv, 'save'),
      }),
  },
];
