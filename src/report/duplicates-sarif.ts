/** Duplicates for code scanning: one result for each pair of modules and each group of functions. */
import type { ComparedPair } from './duplicates.js';
import type { Duplicates } from './duplicates-report.js';
import type { FunctionCopies, FunctionCopy } from './function-copies.js';
import { type SarifPlace, sarif } from './sarif.js';
import { percent } from './words.js';

const RULES = [
  { id: 'duplicate-module', text: 'A module is a copy of another' },
  { id: 'duplicate-function', text: 'A function stands more than once' },
] as const;

export function duplicatesSarif({ rows, functions }: Duplicates): string {
  return sarif(RULES, [...rows.map(moduleResult), ...functions.map(functionResult)]);
}

function moduleResult({ keep, remove, comparison }: ComparedPair) {
  const { structure, verdict, reason, lines } = comparison;
  return {
    rule: 'duplicate-module',
    message: `${remove} is a copy of ${keep} (${verdict}, ${percent(structure)} alike): ${reason}`,
    place: { path: remove, line: 1, endLine: Math.max(1, lines.remove) },
    others: [{ path: keep, line: 1, endLine: Math.max(1, lines.keep) }],
    fingerprint: `${keep}\n${remove}`,
  };
}

function functionResult({ kind, similarity, members }: FunctionCopies) {
  const [first, ...others] = members as [FunctionCopy, ...FunctionCopy[]];
  const how = {
    identical: 'the same code',
    renamed: 'the same code under other names',
    near: `${percent(similarity)} alike`,
  };
  const places = others.map(({ path, line, name }) => `${name} in ${path}:${line}`);
  const place = ({ path, line, endLine }: FunctionCopy): SarifPlace => ({ path, line, endLine });
  return {
    rule: 'duplicate-function',
    message: `${first.name} stands ${members.length} times (${how[kind]}): also as ${places.join(', ')}`,
    place: place(first),
    others: others.map(place),
    fingerprint: members.map(({ path, name }) => `${path}::${name}`).join('\n'),
  };
}
