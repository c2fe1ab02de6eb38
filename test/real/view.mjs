/**
 * Facts as lists of strings, in the form that ast_imports.py gives for the same file. Two lists are compared as
 * multisets: what only one side has is a finding.
 */

/** One row per imported name. Interpreters before Python 3.10 do not know the lines of single names. */
export function importRows(facts, withNameLines = true) {
  return facts.imports.flatMap(({ kind, level, module, names, line, when }) => {
    const rows = kind === 'star' ? [{ name: '*', alias: null, line }] : names;
    const nameLine = (each) => (withNameLines || kind === 'star' ? each.line : '');
    return rows.map((each) => [kind, level, module, each.name, each.alias ?? '', line, nameLine(each), when].join('|'));
  });
}

/** Names bound in the module's own scope, in the form of its row among {@link scopeRows}. */
export function moduleRow(skim) {
  return `module||${[...new Set(skim.bindings.map((binding) => binding.name))].sort().join(',')}`;
}

/** Fields in which two skims of one file differ, with both values. Bindings count in order for each name by itself. */
export function skimDifferences(one, other) {
  const fields = [one, other].map((skim) => ({ ...skim, bindings: bindingsByName(skim) }));
  const texts = Object.keys(fields[0]).map((field) => [field, ...fields.map((each) => plainText(each[field]))]);
  return texts.filter(([, a, b]) => a !== b).map(([field, a, b]) => ({ field, texts: fromFirstDifference(a, b) }));
}

/** JSON with the keys of objects in order. */
function plainText(value) {
  const inOrder = (_, each) =>
    each === null || typeof each !== 'object' || Array.isArray(each)
      ? each
      : Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)));
  return JSON.stringify(value, inOrder);
}

function bindingsByName({ bindings }) {
  const names = new Map();
  for (const binding of bindings) names.set(binding.name, [...(names.get(binding.name) ?? []), binding]);
  return [...names].sort(([a], [b]) => (a < b ? -1 : 1));
}

function fromFirstDifference(a, b) {
  let at = 0;
  while (a[at] === b[at]) at++;
  return [a, b].map((text) => text.slice(Math.max(0, at - 60), at + 100));
}

/** Whether rows from an interpreter carry the lines of single names. */
export const knowsNameLines = (rows) => !rows.some((row) => row.split('|')[6] === '');

/** One row per scope: kind, line for functions and classes, names bound in it. */
export function scopeRows(facts, lineOf) {
  return facts.scopes.map(({ kind, span, bindings }) => {
    const line = kind === 'function' || kind === 'class' ? lineOf(span.start) : '';
    return `${kind}|${line}|${[...new Set(bindings.map((binding) => binding.name))].sort().join(',')}`;
  });
}

/** Names read, strings in annotations left out; a name with attributes is read even where the whole is stored. */
export function loadRows(facts) {
  const loaded = facts.uses.filter((use) => !use.quoted && (use.context === 'load' || use.attributes.length > 0));
  return loaded.map((use) => use.name);
}

/** The elements that only one of two multisets has. */
export function difference(expected, found) {
  const counts = new Map();
  for (const row of expected) counts.set(row, (counts.get(row) ?? 0) + 1);
  const invented = [];
  for (const row of found) {
    const left = counts.get(row) ?? 0;
    if (left === 0) invented.push(row);
    else counts.set(row, left - 1);
  }
  const missing = [...counts].flatMap(([row, count]) => Array(count).fill(row));
  return { missing, invented };
}
