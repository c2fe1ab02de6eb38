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

/** Rows of skimmed imports: `level|module|name`. */
export function skimmedRows(imports) {
  return imports.flatMap(({ level, module, names }) =>
    names.length > 0 ? names.map((name) => [level, module, name].join('|')) : [`0|${module}|`],
  );
}

/** What remains of CPython's rows for them. */
export function skimmedTruth(rows) {
  return rows.map((row) => {
    const [kind, level, module, name] = row.split('|');
    return kind === 'import' ? `0|${name}|` : [level, module, name].join('|');
  });
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
