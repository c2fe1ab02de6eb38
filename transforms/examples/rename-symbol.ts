/**
 * A function, class or constant of a module gets another name, everywhere: `--option from=shop.prices.total --option
 * to=price`. Follows imports, attributes, re-exports and `__all__`, and strings that spell the whole name.
 */
import type { Transform } from '../../src/index.js';

const transform: Transform = (file, { py, stats }, { from = '', to = '' }) => {
  const [module, name] = [from.slice(0, from.lastIndexOf('.')), from.slice(from.lastIndexOf('.') + 1)];
  if (module === '' || name === '' || !/^[^\W\d]\w*$/u.test(to))
    throw new Error('give --option from=MODULE.NAME and --option to=NAME');
  const source = py(file);
  const count = source.rename(from, to);
  for (const text of source.strings())
    if (text.role !== 'docstring' && [from, `${module}:${name}`].includes(text.value))
      source.replace({ start: text.end - name.length, end: text.end }, to);
  if (count > 0) stats('names', count);
  return source.toSource();
};

export default transform;
