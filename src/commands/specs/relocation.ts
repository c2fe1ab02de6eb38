/** Commands that move modules about. */
import { problem, RegraftError } from '../../core/problems.js';
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

function batchSizeOf(argv: Record<string, unknown>): number {
  const size = Number(argv['batch-size']);
  if (Number.isInteger(size) && size >= 0) return size;
  throw new RegraftError(
    problem('usage', '--batch-size takes a whole number', { hint: '--batch-size 5: five moves per commit' }),
  );
}

export const RELOCATION: readonly CommandSpec[] = [
  {
    name: 'move',
    describe: 'move or rename modules and packages, everything that refers to them following',
    positionals: [many('names', 'what to move, and last where to: FROM.. TO')],
    options: {
      format: format('markdown', 'patch'),
      map: { type: 'string', requiresArg: true, describe: 'a YAML or JSON file that maps FROM to TO' },
      shim: { type: 'boolean', describe: 'leave a thin module at each old place, so that the old name keeps working' },
      'with-tests': { type: 'boolean', describe: 'tests that mirror a module (tests/test_x.py) move along' },
      prune: { type: 'boolean', describe: 'packages left with nothing but an empty __init__.py go' },
      review: { type: 'boolean', describe: 'ask about doubtful mentions in text, one by one' },
      apply: { type: 'boolean', describe: 'do it; without this nothing is written' },
      check: { type: 'boolean', describe: 'exit 2 when there is something to do' },
      save: { type: 'string', requiresArg: true, describe: 'write the plan to this file, for regraft apply' },
      ...verifying('stop'),
      'batch-size': { type: 'number', default: 0, describe: 'moves per commit; 0: all in one' },
      accept: ACCEPT_PLACE,
      rewrite: REWRITE,
    },
    examples: [
      ['$0 move pkg/util.py pkg/core/', 'into a directory, made a package where the old place was one'],
      ['$0 move pkg.util pkg.core.helpers', 'to a new name, by dotted names'],
      ["$0 move --map tiers.yaml --shim --verify 'pytest -q' --apply", 'many at once, old names kept working'],
    ],
    run: async (environment, argv) =>
      (await import('../move.js')).move(environment, {
        names: list(argv, 'names'),
        map: optional(argv, 'map'),
        shims: argv.shim === true,
        withTests: argv['with-tests'] === true,
        prune: argv.prune === true,
        review: argv.review === true,
        accept: list(argv, 'accept'),
        rewrite: list(argv, 'rewrite'),
        batchSize: batchSizeOf(argv),
        verify: verification(argv),
        onFailure: failureOf(argv) ?? 'stop',
        apply: applies(argv),
        check: argv.check === true,
        save: optional(argv, 'save'),
      }),
  },
];
