/**
 * Strings that name a module, or something in it, get another name: `--option from=shop.sums --option to=shop.prices`
 * for `"shop.sums"`, `"shop.sums.total"` and `"shop.sums:main"`. Docstrings stay.
 */
import type { Transform } from '../../src/index.js';

const transform: Transform = (file, { py, stats }, { from, to }) => {
  if (!from || to === undefined) throw new Error('give --option from=NAME and --option to=NAME');
  // Most files do not spell it.
  if (!file.source.includes(from)) return null;
  const source = py(file);
  for (const { start, value, role } of source.strings()) {
    const isNamed = value === from || value.startsWith(`${from}.`) || value.startsWith(`${from}:`);
    if (!isNamed || role === 'docstring') continue;
    source.replace({ start, end: start + from.length }, to);
    stats('strings');
  }
  return source.toSource();
};

export default transform;
