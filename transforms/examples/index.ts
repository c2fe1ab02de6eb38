/** Built-in transforms, which `regraft transform NAME` finds by their names. Each is written as a user writes one. */
import type { TransformModule } from '../../src/index.js';
import * as absoluteImports from './absolute-imports.js';
import * as addShim from './add-shim.js';
import * as guardedImports from './guarded-imports.js';
import * as relativeImports from './relative-imports.js';
import * as renameSymbol from './rename-symbol.js';
import * as retireShims from './retire-shims.js';
import * as stringReferences from './string-references.js';

export interface BuiltIn {
  readonly describe: string;
  readonly module: TransformModule;
}

export const BUILT_IN: Readonly<Record<string, BuiltIn>> = {
  'absolute-imports': { describe: 'imports with dots get their full names', module: absoluteImports },
  'add-shim': {
    describe: 'keep an old name of a module working: --option old=NAME --option new=NAME',
    module: addShim,
  },
  'guarded-imports': { describe: 'try/except ImportError around what cannot fail goes', module: guardedImports },
  'relative-imports': {
    describe: 'absolute imports within a package get dots: --option levels=N for at most N',
    module: relativeImports,
  },
  'rename-symbol': {
    describe: 'another name for a function, class or constant: --option from=MODULE.NAME --option to=NAME',
    module: renameSymbol,
  },
  'retire-shims': { describe: 'send users of shims to the new names, and delete the shims', module: retireShims },
  'string-references': {
    describe: 'strings that name a module get its new name: --option from=NAME --option to=NAME',
    module: stringReferences,
  },
};
