/** Built-in transforms, which `regraft transform NAME` finds by their names. Each is written as a user writes one. */
import type { TransformModule } from '../../src/index.js';
import * as relativeImports from './relative-imports.js';

export interface BuiltIn {
  readonly describe: string;
  readonly module: TransformModule;
}

export const BUILT_IN: Readonly<Record<string, BuiltIn>> = {
  'relative-imports': { describe: 'absolute imports within a package get dots', module: relativeImports },
};
