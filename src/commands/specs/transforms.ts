/** The command that runs transforms: built-in ones by their names, users' own by their files. */
import { problem, RegraftError } from '../../core/problems.js';
import {
  type Arguments,
  applies,
  type CommandSpec,
  failureOf,
  format,
  list,
  many,
  one,
  optional,
  verification,
  verifying,
} from './options.js';

/** `key=value`; a key alone is `true`, of a key given twice the last counts. */
function optionsOf(argv: Arguments): Readonly<Record<string, string>> {
  const pairs = list(argv, 'option').map((written): [string, string] => {
    const [, key, , value = 'true'] = /^([\w.-]+)(=(.*))?$/s.exec(written) ?? [];
    if (key !== undefined) return [key, value];
    throw new RegraftError(problem('usage', `--option takes key=value, not '${written}'`, { hint: '--option name=x' }));
  });
  return Object.fromEntries([...new Map(pairs)].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function batchSizeOf(argv: Arguments): number {
  const size = Number(argv['batch-size']);
  if (Number.isInteger(size) && size >= 0) return size;
  const hint = '--batch-size 20: twenty files per commit';
  throw new RegraftError(problem('usage', '--batch-size takes a whole number', { hint }));
}

const several = (describe: string) => ({ type: 'string', array: true, nargs: 1, describe }) as const;

export const TRANSFORMS: readonly CommandSpec[] = [
  {
    name: 'transform',
    describe: 'run a transform of your own, or a built-in one, with the same preview, checks and commits',
    positionals: [
      one('transform', 'a .js, .mjs, .cjs or .ts file, or the name of a built-in transform; none: list these', true),
      many('paths', 'directories or files; default: everything that the transform is for'),
    ],
    options: {
      format: format('markdown', 'patch'),
      option: several('key=value, handed to the transform (repeatable)'),
      include: several('glob of files, in place of what the transform says (repeatable)'),
      exclude: several('glob of files, or directory, that it is not run on (repeatable)'),
      apply: { type: 'boolean', describe: 'do it; without this nothing is written' },
      tree: {
        type: 'boolean',
        describe: 'show the syntax tree of Python files that are named, to write a transform by',
      },
      check: { type: 'boolean', describe: 'exit 2 when there is something to do' },
      save: { type: 'string', requiresArg: true, describe: 'write the plan to this file, for regraft apply' },
      ...verifying('stop'),
      'batch-size': { type: 'number', default: 0, describe: 'files per commit; 0: all in one' },
      accept: several('accept a refusal: transform-failed (leave such files as they are), or CODE:PATH:LINE'),
    },
    examples: [
      ['$0 transform', 'the built-in transforms'],
      ['$0 transform relative-imports src/', 'a built-in one: preview'],
      ['$0 transform --tree src/shop/cart.py', 'the syntax tree of a file: types, fields, places'],
      ['$0 transform tools/modernise.mjs src --option target=3.12 --apply', 'one of your own'],
    ],
    run: async (environment, argv) => {
      const commands = await import('../transform.js');
      const given = optional(argv, 'transform');
      if (argv.tree === true) return commands.syntaxTrees(environment, [given ?? [], list(argv, 'paths')].flat());
      if (given === undefined) return commands.builtIns();
      return commands.transform(environment, {
        transform: given,
        paths: list(argv, 'paths'),
        options: optionsOf(argv),
        include: list(argv, 'include'),
        exclude: list(argv, 'exclude'),
        accept: list(argv, 'accept'),
        batchSize: batchSizeOf(argv),
        verify: verification(argv),
        onFailure: failureOf(argv) ?? 'stop',
        apply: applies(argv),
        check: argv.check === true,
        save: optional(argv, 'save'),
      });
    },
  },
];
