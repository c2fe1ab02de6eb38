/** Which tests and handlers change the circumstances of an import, by their source text. */

/** Handlers that swallow a failing import. */
const SWALLOWS_IMPORT_ERROR = /\b(ImportError|ModuleNotFoundError|Exception|BaseException)\b/;
const TYPE_CHECKING = /^(?:[A-Za-z_]\w*\.)?TYPE_CHECKING$/;

/** Whether a condition is `TYPE_CHECKING` or its negation; `null` for any other. */
export function typeCheckingTest(condition: string): 'positive' | 'negative' | null {
  const test = condition.trim();
  if (TYPE_CHECKING.test(test)) return 'positive';
  return /^not\s/.test(test) && TYPE_CHECKING.test(test.slice(4).trim()) ? 'negative' : null;
}

/** Whether a handler for these exceptions goes on after a failing import. */
export function isSwallowingImportError(types: string): boolean {
  return SWALLOWS_IMPORT_ERROR.test(types);
}

/** `with suppress(ImportError)`. */
export function isSuppressing(items: string): boolean {
  return /\bsuppress\s*\(/.test(items) && isSwallowingImportError(items);
}
