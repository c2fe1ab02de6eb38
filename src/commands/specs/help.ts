/** Commands that help to begin and to understand. */
import { applies, type CommandSpec, format, one, optional } from './options.js';

export const HELP: readonly CommandSpec[] = [
  {
    name: 'init',
    describe: 'draft a recipe, regraft.yaml, from what stands in the repository',
    positionals: [],
    options: {
      format: format(),
      apply: { type: 'boolean', describe: 'write it; without this it is only printed' },
    },
    examples: [
      ['$0 init', 'print what it would write: copies, tiers, how tests run'],
      ['$0 init --apply', 'write regraft.yaml; an existing one is never overwritten'],
    ],
    run: async (environment, argv) => (await import('../init.js')).init(environment, { apply: applies(argv) }),
  },
  {
    name: 'explain',
    describe: 'what a problem code means, why, and what to do',
    positionals: [one('code', 'a code as printed in error[CODE]; default: all of them, in groups', true)],
    options: { format: format() },
    examples: [
      ['$0 explain import-order', 'one code, with an example'],
      ['$0 explain', 'all codes in groups'],
    ],
    run: async (environment, argv) =>
      (await import('../explain.js')).explain(environment, { code: optional(argv, 'code') }),
  },
  {
    name: 'completion',
    describe: 'print a script that lets a shell complete commands, options and paths',
    positionals: [
      {
        name: 'shell',
        usage: '[shell]',
        options: { choices: ['bash', 'zsh', 'fish'], describe: 'default: the shell that you use, else bash' },
      },
    ],
    options: { format: format() },
    examples: [
      ['eval "$($0 completion bash)"', 'for this shell; the same line in ~/.bashrc is for all'],
      ['$0 completion fish | source', 'in fish'],
    ],
    run: async (environment, argv) =>
      (await import('../completion.js')).completion(environment, { shell: optional(argv, 'shell') }),
  },
];
