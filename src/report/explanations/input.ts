/** Codes about what was written on the command line and in files for the tool. */
import type { ExplanationGroup } from './model.js';

export const INPUT: ExplanationGroup = {
  name: 'input',
  title: 'What you wrote',
  codes: {
    usage: {
      means: 'The command line cannot be understood.',
      why: 'A misspelt option must not be ignored.',
      todo: ['regraft COMMAND --help shows its options.'],
      example: 'regraft dedupe --sufix _robust',
    },
    'unknown-code': {
      means: 'There is no problem of that code.',
      why: 'Codes are spelt as they are printed, in brackets: error[CODE].',
      todo: ['regraft explain lists them all.'],
      example: 'regraft explain import-oder',
    },
    'unknown-acceptance': {
      means: '--accept names a code that cannot be accepted, or that does not exist.',
      why: 'Most refusals mean that the result would not work. Only those that a person can judge may be accepted.',
      todo: ['The hint lists the codes. A refusal that may be accepted prints its flag.'],
      example: '--accept missing-name',
    },
    'acceptance-needs-place': {
      means: 'This code is accepted one place at a time.',
      why: 'Whether a place matters is known of that place only, not of all of its kind.',
      todo: ['Write --accept CODE:PATH:LINE, as the refusal prints it.'],
      example: '--accept dynamic-import',
    },
    'bad-recipe': {
      means: 'A recipe has a key, a value or a phase that means nothing.',
      why: 'A misspelt key must not be ignored. All places are reported at once.',
      todo: ['See the hint. schemas/recipe.schema.json lets editors check while you write.'],
      example: 'phases:\n  - name: one\n    dedup: {}',
    },
    'bad-map': {
      means: 'A map of moves has something that is no FROM: TO.',
      why: 'All of a map is done at once, or nothing.',
      todo: ['Write one FROM: TO a line, both paths or dotted names.'],
      example: 'pkg/a.py: [b.py, c.py]',
    },
    'bad-yaml': {
      means: 'A file is no YAML that can be read: broken, too large, a key twice, several documents.',
      why: 'What a person meant must not be guessed.',
      todo: ['See the place. Indent with spaces; keep one of two equal keys.'],
      example: 'phases:\n\t- name: one',
    },
    'bad-plan': {
      means: 'A plan file is no plan of regraft, or of another version.',
      why: 'A plan is a claim, and its shape is checked before anything else.',
      todo: ['Save the plan again.'],
      example: 'regraft apply package.json',
    },
    'bad-baseline': {
      means: 'A file is no list of known duplicates.',
      why: 'With a wrong list everything, or nothing, would look new.',
      todo: ['Write it again: regraft duplicates --save FILE.'],
      example: 'regraft duplicates --baseline package.json --check',
    },
    'no-recipe': {
      means: 'The recipe cannot be read.',
      why: 'It is not there, no regular file, too large, or not UTF-8.',
      todo: ['Check the path. A first one: regraft init --apply.'],
      example: 'regraft run recipe.yml   # it is called recipe.yaml',
    },
    'no-map': {
      means: 'The file of --map cannot be read.',
      why: 'It is not there, no regular file, too large, or not UTF-8.',
      todo: ['Check the path.'],
      example: 'regraft move --map tiers.yml',
    },
    'no-baseline': {
      means: 'The file of --baseline cannot be read.',
      why: 'Without it everything would look new.',
      todo: ['Write it and commit it: regraft duplicates --save FILE.'],
      example: 'regraft duplicates --baseline known.json --check',
    },
    'no-plan': {
      means: 'The plan file cannot be read.',
      why: 'It is not there, or not readable.',
      todo: ['Save one first: regraft dedupe --save plan.json.'],
      example: 'regraft apply plan.jsn',
    },
  },
};
