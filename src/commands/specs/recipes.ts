/** The command that carries out recipes. */
import { applies, type CommandSpec, failureOf, format, one, verification, verifying } from './options.js';

export const RECIPES: readonly CommandSpec[] = [
  {
    name: 'run',
    describe: 'carry out a recipe: phases of dedupe, move, merge and transform, each verified',
    positionals: [one('recipe', 'a YAML or JSON file; its paths start at the top of the repository')],
    options: {
      format: format('markdown', 'html', 'patch'),
      apply: { type: 'boolean', describe: 'do it; without this nothing is written' },
      check: { type: 'boolean', describe: 'exit 2 when there is something to do' },
      ...verifying('stop'),
    },
    examples: [
      ['$0 run refactoring/3-tiers.yaml', 'preview of all phases, with the tree before and after'],
      ['$0 run refactoring/3-tiers.yaml --format html > plan.html', 'the same as a page, with every difference'],
      ['$0 run refactoring/3-tiers.yaml --apply', 'do it; run it again after a refused phase was mended'],
    ],
    run: async (environment, argv) =>
      (await import('../run.js')).run(environment, {
        recipe: String(argv.recipe),
        verify: verification(argv),
        onFailure: failureOf(argv) ?? 'stop',
        apply: applies(argv),
        check: argv.check === true,
      }),
  },
];
