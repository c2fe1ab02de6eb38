/** Commands that only look. */
import { type CommandSpec, format, list, many, one, optional, SUFFIX } from './options.js';

export const READING: readonly CommandSpec[] = [
  {
    name: 'inventory',
    describe: 'tables of what is there: modules, lines, duplicates, topics, unresolved imports, shims, the tree',
    positionals: [many('paths', 'directories or files; default: everything')],
    options: { format: format('markdown', 'html'), suffix: SUFFIX },
    examples: [
      ['$0 inventory integration', 'what integration/ holds'],
      ['$0 inventory --format markdown > INVENTORY.md', 'the tables for a document'],
      ['$0 inventory --format html > inventory.html', 'one page to look around in, with the import graph'],
    ],
    run: async (environment, argv) =>
      (await import('../inventory.js')).inventory(environment, {
        paths: list(argv, 'paths'),
        suffixes: list(argv, 'suffix'),
      }),
  },
  {
    name: 'graph',
    describe: 'the import graph',
    positionals: [many('paths', 'directories or files; default: everything')],
    options: {
      format: format('html', 'dot', 'mermaid'),
      cycles: { type: 'boolean', describe: 'only the import cycles, those at import time first' },
      unresolved: { type: 'boolean', describe: 'only imports of what is not there, guarded ones too' },
    },
    examples: [
      ['$0 graph integration', 'what integration/ imports'],
      ['$0 graph --cycles', 'import cycles'],
      ['$0 graph --format dot | dot -Tsvg > graph.svg', 'a picture'],
    ],
    run: async (environment, argv) =>
      (await import('../graph.js')).graph(environment, {
        paths: list(argv, 'paths'),
        cycles: argv.cycles === true,
        unresolved: argv.unresolved === true,
      }),
  },
  {
    name: 'check',
    describe: 'can every module be imported, is everything there that is imported, do tiers and shims hold',
    positionals: [many('paths', 'directories or files; default: everything')],
    options: {
      format: format('sarif', 'github'),
      baseline: {
        type: 'string',
        requiresArg: true,
        describe: 'a file of known problems, which are left out; new cycles and new duplicates count as well',
      },
      save: { type: 'string', requiresArg: true, describe: 'write what is there now as such a file' },
    },
    examples: [
      ['$0 check', 'for continuous integration: exit code 1 when something fails'],
      ['$0 check src/shop --format json', 'one package, with the statements that lead to each failure'],
      ['$0 check --save known.json', 'accept what is there, so that CI can say: nothing new'],
      ['$0 check --baseline known.json --format github', 'in CI: annotations for what a change brought'],
    ],
    run: async (environment, argv) =>
      (await import('../check.js')).check(environment, {
        paths: list(argv, 'paths'),
        baseline: optional(argv, 'baseline'),
        save: optional(argv, 'save'),
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
      (await import('../usages.js')).usages(environment, { targets: list(argv, 'targets') }),
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
      (await import('../why.js')).why(environment, { from: String(argv.from), to: optional(argv, 'to') }),
  },
  {
    name: 'duplicates',
    describe: 'what is there twice: modules by name and by content, packages, functions',
    positionals: [many('paths', 'directories or files; default: everything')],
    options: {
      format: format('sarif'),
      suffix: SUFFIX,
      by: {
        choices: ['name', 'content', 'both'],
        default: 'both',
        describe: 'by what copies are found; --suffix looks at names only',
      },
      keep: {
        type: 'string',
        array: true,
        nargs: 1,
        describe: 'a module to keep whatever speaks for others (repeatable)',
      },
      since: {
        type: 'string',
        requiresArg: true,
        describe: 'only what a file changed since this commit has a part in',
      },
      baseline: { type: 'string', requiresArg: true, describe: 'a file of known duplicates, which are left out' },
      save: { type: 'string', requiresArg: true, describe: 'write what is there now as such a file' },
      check: { type: 'boolean', describe: 'exit 2 when there is any (with --baseline: any that is new)' },
    },
    examples: [
      ['$0 duplicates', 'everything that is there twice'],
      ['$0 duplicates integration --suffix _robust', 'only x_robust.py beside x.py'],
      ['$0 duplicates --save duplicates.json', 'accept what is there, so that CI can say: no new ones'],
      ['$0 duplicates --baseline duplicates.json --check', 'in CI: exit code 2 when a new one has come'],
      ['$0 duplicates --since main --format sarif', 'what a branch adds, for code scanning'],
    ],
    run: async (environment, argv) =>
      (await import('../duplicates.js')).duplicates(environment, {
        paths: list(argv, 'paths'),
        suffixes: list(argv, 'suffix'),
        by: argv.by as 'name' | 'content' | 'both',
        keep: list(argv, 'keep'),
        since: optional(argv, 'since'),
        baseline: optional(argv, 'baseline'),
        save: optional(argv, 'save'),
        check: argv.check === true,
      }),
  },
  {
    name: 'compare',
    describe: 'the difference of two modules, symbol by symbol',
    positionals: [one('keep', 'the module that stays'), one('remove', 'the other')],
    options: { format: format() },
    examples: [['$0 compare pkg/x.py pkg/x_robust.py', 'what x_robust has, lacks and does otherwise']],
    run: async (environment, argv) =>
      (await import('../duplicates.js')).compare(environment, { keep: String(argv.keep), remove: String(argv.remove) }),
  },
];
