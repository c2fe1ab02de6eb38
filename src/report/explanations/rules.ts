/** Codes about what a repository asks of itself, and about transforms of one's own. */
import type { ExplanationGroup } from './model.js';

export const RULES: ExplanationGroup = {
  name: 'rules',
  title: 'What regraft check holds a repository to',
  codes: {
    'tier-violation': {
      means: 'A module imports something of a tier that stands above its own.',
      why: 'pyproject.toml declares tiers, the top first; each may import itself and those below.',
      todo: ['Move what is needed down, or the importing module up: regraft move shows what would follow.'],
      example: 'tiers = [["app.api"], ["app.core"]], and app/core.py imports app.api',
    },
    'import-cycle': {
      means: 'Modules import each other, and the baseline does not know of it.',
      why: 'With a baseline a new cycle is an error, whether it fails already or not.',
      todo: ['regraft graph --cycles shows all of them.', 'regraft check --save FILE accepts what is there.'],
      example: 'a.py imports b.py, b.py imports a.py inside a function',
    },
    'duplicate-module': {
      means: 'A module is a copy of another, and the baseline does not know of it.',
      why: 'With a baseline a new copy is an error.',
      todo: ['regraft compare KEEP COPY shows what differs, regraft dedupe deletes it.'],
      example: 'x_v2.py beside x.py, of the same code',
    },
    'duplicate-function': {
      means: 'A function stands more than once, and the baseline does not know of it.',
      why: 'With a baseline a new copy is an error.',
      todo: ['Import the one from the other module, or accept it with regraft check --save FILE.'],
      example: 'def retry(...) in two modules, line by line the same',
    },
    'expired-shim': {
      means: 'A shim has stood for more days than pyproject.toml allows.',
      why: 'shim-days counts from the commit that made the shim to the commit that is looked at.',
      todo: ['regraft retire --redirect PATH moves its users over and deletes it.'],
      example: 'shim-days = 90, and a shim of last year',
    },
    'unused-shim': {
      means: 'Nothing in the repository uses a shim any more.',
      why: 'Users outside of it are not seen, so this is a warning.',
      todo: ['regraft retire PATH deletes it.'],
      example: 'pkg/old.py that only says where pkg/new.py is',
    },
    'bad-settings': {
      means: '[tool.regraft] in pyproject.toml has a key or a value that means nothing.',
      why: 'A misspelt key must not be ignored.',
      todo: ['Write tiers as a list of lists of names, shim-days as a whole number.'],
      example: 'tires = []',
    },
  },
};

export const TRANSFORMS: ExplanationGroup = {
  name: 'transforms',
  title: 'Transforms of your own',
  codes: {
    'no-transform': {
      means: 'The file of a transform cannot be read.',
      why: 'A name without a slash or a suffix is that of a built-in transform; anything else is a path.',
      todo: ['regraft transform lists the built-in ones.'],
      example: 'regraft transform tools/gone.mjs',
    },
    'unknown-transform': {
      means: 'No built-in transform has this name.',
      why: 'Bare names are never looked for among your files, so that none of them can take the place of a built-in one.',
      todo: ['Write a path for a transform of yours: ./name.mjs.'],
      example: 'regraft transform relativ-imports',
    },
    'bad-transform': {
      means: 'The file is no transform: it does not load, or exports no function.',
      why: 'Its default export must be (file, api, options) => text.',
      todo: ['See docs/writing-transforms.md.'],
      example: 'export const transform = 1',
    },
    'transform-failed': {
      means: 'A transform threw on a file, took too long, or gave something that is no text.',
      why: 'What it would have made of the file is not known. Other files went on.',
      todo: [
        'See the line of the stack and mend the transform, or its options.',
        'To leave a file as it is: --accept transform-failed:PATH; all such files: --accept transform-failed.',
      ],
      example: 'file.source.macth(/x/)',
    },
    'transform-report': {
      means: 'A transform had something to say of a file.',
      why: 'api.report and console are shown with the plan, not in between.',
      todo: ['Nothing needs to be done.'],
      example: "api.report('left as it is')",
    },
    'export-lost': {
      means: 'A module or package would no longer give a name that it gave to everybody.',
      why: 'Its users inside the repository were looked at; those outside cannot be seen.',
      todo: ['Leave the old name beside the new one, or tell your users.'],
      example: 'from .core import load   # gone from pkg/__init__.py',
    },
    'not-idempotent': {
      means: 'A second run would change more.',
      why: 'A transform that is done should find nothing to do; else each run adds to the last.',
      todo: ['Let it recognise what it has done already.'],
      example: "return file.source + '# checked'",
    },
  },
};
