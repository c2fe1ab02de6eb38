/**
 * Absolute imports of a file's own package get dots: in `shop/cart.py`, `from shop.prices import total` becomes
 * `from .prices import total`. `--option levels=1` leaves what would need more dots.
 */
import type { Transform } from '../../src/index.js';

const transform: Transform = (file, { py, graph }, options) => {
  const name = graph.moduleName(file.path);
  if (name === null) return null;
  const isPackage = /(^|\/)__init__\.pyi?$/.test(file.path);
  const around = isPackage ? name.split('.') : name.split('.').slice(0, -1);
  const most = Number(options.levels ?? around.length);
  const source = py(file);
  for (const each of source.imports()) {
    if (each.kind === 'import' || each.absolute === null || each.module.startsWith('.')) continue;
    const there = each.absolute.split('.');
    let shared = 0;
    while (shared < around.length && shared < there.length && around[shared] === there[shared]) shared++;
    const dots = around.length - shared + 1;
    // Another module of this name might be meant where the name leads elsewhere.
    if (shared === 0 || dots > most || graph.resolve(each.absolute, file.path) === null) continue;
    source.replace(each.moduleSpan, '.'.repeat(dots) + there.slice(shared).join('.'));
  }
  return source.toSource();
};

export default transform;
