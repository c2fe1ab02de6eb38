/** What `check` found, for code scanning. */
import type { Problem } from '../core/model.js';
import { sarif } from './sarif.js';

/** What each code means, in one line. */
const RULES: Readonly<Record<string, string>> = {
  'unimportable-module': 'A module cannot be imported',
  'unresolved-import': 'An import names something that is not there',
  'unreadable-file': 'A file cannot be read',
  'syntax-error': 'A file does not parse',
  'tier-violation': 'An import goes from a lower tier to a higher one',
  'import-cycle': 'Modules import each other',
  'duplicate-module': 'A module is a copy of another',
  'duplicate-function': 'A function stands more than once',
  'expired-shim': 'A shim is older than it should become',
  'unused-shim': 'Nothing uses a shim any more',
};

export function checkSarif(problems: readonly Problem[]): string {
  const rules = Object.entries(RULES).map(([id, text]) => ({ id, text }));
  const results = problems.map(({ code, severity, path, line, message }) => ({
    rule: code,
    level: severity === 'error' ? ('error' as const) : ('warning' as const),
    message,
    place: { path: path ?? '', line: line ?? 1, endLine: line ?? 1 },
    others: [],
    fingerprint: `${path}\n${message}`,
  }));
  return sarif(rules, results);
}
