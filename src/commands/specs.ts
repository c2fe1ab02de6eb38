/** Every command as data: name, arguments, options, examples, and which function runs it, loaded only when it is called. */
import type { Options, PositionalOptions } from 'yargs';
import { problem, RegraftError } from '../core/problems.js';
import type { Environment, Outcome } from './command.js';

type Arguments = Record<string, unknown>;

export interface CommandSpec {
  readonly name: string;
  readonly describe: string;
  readonly positionals: readonly {
    readonly name: string;
    readonly usage: string;
    readonly options: PositionalOptions;
  }[];
  readonly options: Record<string, Options>;
  readonly examples: readonly (readonly [command: string, what: string])[];
  run(environment: Environment, argv: Arguments): Promise<Outcome>;
}

export const GLOBAL_OPTIONS: Record<string, Options> = {
  directory: { alias: 'C', type: 'string', requiresArg: true, describe: 'work in the repository of this directory' },
  'dry-run': { alias: 'n', type: 'boolean', describe: 'write nothing, even with --apply' },
  quiet: { alias: 'q', type: 'boolean', describe: 'no progress' },
  engine: { choices: ['native', 'wasm'], describe: 'parsing engine (default: native where it loads)' },
};

const list = (argv: Arguments, name: string): string[] => [argv[name] ?? []].flat().map(String);
/** Of an option given twice the last counts. */
const optional = (argv: Arguments, name: string): string | undefined => list(argv, name).at(-1);

function format(...choices: string[]): Options {
  return { choices: ['text', 'json', ...choices], default: 'text', describe: 'how to print the result' };
}

function many(name: string, describe: string) {
  return { name, usage: `[${name}..]`, options: { type: 'string', array: true, describe } as PositionalOptions };
}

function one(name: string, describe: string, isOptional = false) {
  return {
    name,
    usage: isOptional ? `[${name}]` : `<${name}>`,
    options: { type: 'string', describe } as PositionalOptions,
  };
}

const SUFFIX: Options = {
  type: 'string',
  array: true,
  nargs: 1,
  describe: 'what marks a duplicate, such as _robust (repeatable; default: the usual ones)',
};
const VERIFY: Options = {
  type: 'string',
  array: true,
  nargs: 1,
  describe: 'command that must not get worse (repeatable); a batch that makes it fail is rolled back',
};

/** These commands write by their nature; saying so is no error. */
const APPLY_ANYWAY: Options = { type: 'boolean', describe: 'accepted; this command writes unless -n is given' };

/** `-n` wins over `--apply`. */
const applies = (argv: Arguments): boolean => argv.apply === true && argv['dry-run'] !== true;

function batchSizeOf(argv: Arguments): number {
  const size = Number(argv['batch-size'] ?? 1);
  if (Number.isInteger(size) && size >= 1) return size;
  throw new RegraftError(
    problem('usage', '--batch-size takes a whole number from 1', { hint: '--batch-size 5: five deletions per commit' }),
  );
}

export const COMMANDS: readonly CommandSpec[] = [
  {
    name: 'graph',
    describe: 'the import graph',
    positionals: [many('paths', 'directories or files; default: everything')],
    options: {
      format: format('dot', 'mermaid'),
      cycles: { type: 'boolean', describe: 'only the import cycles, those at import time first' },
      unresolved: { type: 'boolean', describe: 'only imports of what is not there, guarded ones too' },
    },
    examples: [
      ['$0 graph integration', 'what integration/ imports'],
      ['$0 graph --cycles', 'import cycles'],
      ['$0 graph --format dot | dot -Tsvg > graph.svg', 'a picture'],
    ],
    run: async (environment, argv) =>
      (await import('./graph.js')).graph(environment, {
        paths: list(argv, 'paths'),
        cycles: argv.cycles === true,
        unresolved: argv.unresolved === true,
      }),
  },
  {
    name: 'usages',
    describe: 'every reference to a module, and every place that could hide one',
    positionals: [{ ...many('targets', 'dotted names or paths'), usage: '<targets..>' }],
    options: { format: format() },
    examples: [
      ['$0 usages integration.cross_system_apis_robust', 'by dotted name'],
      ['$0 usages integration/*_robust.py', 'by path'],
    ],
    run: async (environment, argv) =>
      (await import('./usages.js')).usages(environment, { targets: list(argv, 'targets') }),
  },
  {
    name: 'why',
    describe: 'the shortest import path to a module',
    positionals: [
      one('from', 'the module; or, with a second one, where to start'),
      one('to', 'the module to reach', true),
    ],
    options: { format: format() },
    examples: [
      ['$0 why integration.cross_system_apis', 'from any entry point'],
      ['$0 why dashboard.api.workflow integration.cross_system_apis', 'from one module to another'],
    ],
    run: async (environment, argv) =>
      (await import('./why.js')).why(environment, { from: String(argv.from), to: optional(argv, 'to') }),
  },
  {
    name: 'duplicates',
    describe: 'modules that are copies by name: how alike they really are',
    positionals: [many('paths', 'directories or files; default: everything')],
    options: { format: format(), suffix: SUFFIX },
    examples: [
      ['$0 duplicates', 'all pairs by the usual suffixes and prefixes'],
      ['$0 duplicates integration --suffix _robust', 'only x_robust.py beside x.py'],
    ],
    run: async (environment, argv) =>
      (await import('./duplicates.js')).duplicates(environment, {
        paths: list(argv, 'paths'),
        suffixes: list(argv, 'suffix'),
      }),
  },
  {
    name: 'compare',
    describe: 'the difference of two modules, symbol by symbol',
    positionals: [one('keep', 'the module that stays'), one('remove', 'the other')],
    options: { format: format() },
    examples: [['$0 compare pkg/x.py pkg/x_robust.py', 'what x_robust has, lacks and does otherwise']],
    run: async (environment, argv) =>
      (await import('./duplicates.js')).compare(environment, { keep: String(argv.keep), remove: String(argv.remove) }),
  },
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
      verify: VERIFY,
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
      (await import('./dedupe.js')).dedupe(environment, {
        paths: list(argv, 'paths'),
        suffixes: list(argv, 'suffix'),
        pairs: list(argv, 'pair'),
        accept: list(argv, 'accept'),
        batchSize: batchSizeOf(argv),
        verify: list(argv, 'verify'),
        apply: applies(argv),
        check: argv.check === true,
        save: optional(argv, 'save'),
      }),
  },
  {
    name: 'apply',
    describe: 'carry out a saved plan; a stale one is refused',
    positionals: [one('plan', 'file written by --save')],
    options: { format: format(), apply: APPLY_ANYWAY, verify: VERIFY },
    examples: [['$0 apply plan.json', 'exactly what was reviewed, or nothing']],
    run: async (environment, argv) =>
      (await import('./apply.js')).apply(environment, {
        plan: String(argv.plan),
        verify: list(argv, 'verify'),
        dryRun: argv['dry-run'] === true,
      }),
  },
  {
    name: 'history',
    describe: 'the runs of this repository',
    positionals: [],
    options: { format: format() },
    examples: [['$0 history', 'what was done, and which command takes it back']],
    run: async (environment) => (await import('./history.js')).history(environment),
  },
  {
    name: 'undo',
    describe: 'take a run back, as a new commit',
    positionals: [one('run', 'the run; default: the latest', true)],
    options: { format: format(), apply: APPLY_ANYWAY },
    examples: [['$0 undo', 'the latest run']],
    run: async (environment, argv) =>
      (await import('./history.js')).undo(environment, {
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
      (await import('./history.js')).restore(environment, {
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
      (await import('./history.js')).recover(environment, { dryRun: argv['dry-run'] === true }),
  },
  {
    name: 'demo',
    describe: 'run the main job on a bundled repository and explain it',
    positionals: [],
    options: { format: format(), keep: { type: 'boolean', describe: 'keep the repository afterwards' } },
    examples: [['$0 demo', 'under a minute, in a temporary directory']],
    run: async (environment, argv) => (await import('./demo.js')).demo(environment, { keep: argv.keep === true }),
  },
];
