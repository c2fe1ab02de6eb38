/**
 * A function, class or constant of a module gets another name, everywhere: `--option from=shop.prices.total --option
 * to=price`. Follows imports, attributes, re-exports and `__all__`, and strings that spell the whole name.
 */
import type { PythonReference, Transform } from '../../src/index.js';

const transform: Transform = (file, { py, stats }, { from = '', to = '' }) => {
  const [module, name] = [from.slice(0, from.lastIndexOf('.')), from.slice(from.lastIndexOf('.') + 1)];
  if (module === '' || name === '' || !/^[^\W\d]\w*$/u.test(to))
    throw new Error('give --option from=MODULE.NAME and --option to=NAME');
  const source = py(file);
  const found = source.references(from);
  const isTaken = source.binds(to);
  if (isTaken && found.some(({ kind }) => kind === 'definition'))
    throw new Error(`${file.path} has a name ${to} already`);
  for (const reference of found) source.replace(reference, replacement(reference));
  for (const text of source.strings())
    if (text.role !== 'docstring' && [from, `${module}:${name}`].includes(text.value))
      source.replace({ start: text.end - name.length, end: text.end }, to);
  if (found.length > 0) stats('names', found.length);
  return source.toSource();

  /** Where the file cannot follow, it goes on with the old name. */
  function replacement({ kind, alias, text }: PythonReference): string {
    if (kind === 'use' && alias !== null) return text;
    if (kind === 'import' && alias === null && isTaken) return `${to} as ${name}`;
    if (kind === 'import' && alias === name) return `${to} as ${name}`;
    return kind === 'use' && isTaken ? name : to;
  }
};

export default transform;
