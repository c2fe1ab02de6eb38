/**
 * An old name goes on working: `--option old=shop.sums --option new=shop.prices` creates `shop/sums.py`, which gives the
 * module `shop.prices` under its old name with a warning. `regraft retire` and the transform `retire-shims` know it.
 */
import type { Transform } from '../../src/index.js';

const transform: Transform = (file, { graph, create, shimText }, options) => {
  const { old, new: name } = options;
  if (old === undefined || name === undefined) throw new Error('give --option old=NAME and --option new=NAME');
  if (!file.path.endsWith('.py') || graph.moduleName(file.path) !== name) return null;
  const isPackage = file.path.endsWith('/__init__.py');
  const end = isPackage ? '/__init__.py' : '.py';
  const root = file.path.slice(0, file.path.length - end.length - name.length);
  create(`${root}${old.replaceAll('.', '/')}${end}`, shimText(old, name, { isPackage }));
  return null;
};

export default transform;
