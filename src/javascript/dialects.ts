/** Which dialects a file may be written in, as options of jscodeshift's parser. */

const COMMON = [
  'decorators-legacy',
  'decoratorAutoAccessors',
  'doExpressions',
  'exportDefaultFrom',
  'functionBind',
  'functionSent',
  'importAttributes',
  'throwExpressions',
  'explicitResourceManagement',
  ['pipelineOperator', { proposal: 'minimal' }],
] as const;

const TYPESCRIPT = [...COMMON, 'typescript'];
const TYPESCRIPT_WITH_MARKUP = [...COMMON, 'jsx', 'typescript'];
const FLOW = [...COMMON, 'jsx', ['flow', { all: true }], 'flowComments'];

/** In the order in which they are tried; none for what holds scripts only among other things. */
export function dialects(path: string): readonly (readonly unknown[])[] {
  if (/\.(?:vue|svelte)$/i.test(path)) return [];
  if (/\.[cm]?ts$/i.test(path)) return [TYPESCRIPT, TYPESCRIPT_WITH_MARKUP];
  if (/\.tsx$/i.test(path)) return [TYPESCRIPT_WITH_MARKUP];
  return [TYPESCRIPT_WITH_MARKUP, FLOW];
}

/** Scripts and modules alike; what is an error only of a later phase (names bound twice) does not hide the tree. */
export function optionsFor(plugins: readonly unknown[]): object {
  return {
    sourceType: 'unambiguous',
    allowImportExportEverywhere: true,
    allowReturnOutsideFunction: true,
    allowAwaitOutsideFunction: true,
    allowSuperOutsideMethod: true,
    allowUndeclaredExports: true,
    allowNewTargetOutsideFunction: true,
    attachComment: false,
    errorRecovery: true,
    plugins,
  };
}
