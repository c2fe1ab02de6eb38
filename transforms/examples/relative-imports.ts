/**
 * Absolute imports of a file's own package get dots: in `shop/cart.py`, `from shop.prices import total` becomes
 * `from .prices import total`. `--option levels=1` leaves what would need more dots. Programs that are run by their path
 * keep their names, since dots mean nothing there.
 */
import type { Transform } from '../../src/index.js';

const transform: Transform = (file, { py, graph }, options) => {
  const name = graph.moduleName(file.path);
  if (name === null) return null;
  const around = /(^|\/)__init__\.pyi?$/.test(file.path) ? name.split('.') : name.split('.').slice(0, -1);
  const isRegular = /(^|\/)__init__\.py$/.test(graph.resolve(around.join('.')) ?? '');
  const source = py(file);
  const isProgram = source
    .find('if_statement')
    .some((node) => /^__name__\s*==/.test(node.child('condition')?.text ?? ''));
  if (!isRegular || isProgram) return null;
  const most = Number(options.levels ?? around.length);
  for (const each of source.imports()) {
    if (each.kind === 'import' || each.absolute === null || each.module.startsWith('.')) continue;
    const there = each.absolute.split('.');
    let shared = 0;
    while (shared < around.length && shared < there.length && around[shared] === there[shared]) shared++;
    const dots = around.length - shared + 1;
    // What leads to no file of the repository may be meant otherwise.
    if (shared === 0 || dots > most || graph.resolve(each.absolute, file.path) === null) continue;
    source.replace(each.moduleSpan, '.'.repeat(dots) + there.slice(shared).join('.'));
  }
  return source.toSource();
};

export default transform;
