/** Commands that help to begin and to understand. */
import { type CommandSpec, format, one, optional } from './options.js';

export const HELP: readonly CommandSpec[] = [
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
];
