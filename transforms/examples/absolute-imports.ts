/** Imports with dots get their full names: in `shop/cart.py`, `from .prices import total` becomes `from shop.prices import total`. */
import type { Transform } from '../../src/index.js';

const transform: Transform = (file, { py, graph }) => {
  const source = py(file);
  for (const each of source.imports()) {
    const isRelative = each.kind !== 'import' && each.module.startsWith('.');
    if (!isRelative || each.absolute === null) continue;
    // Both names must mean the same file, or neither any; a package without a file of its own has none.
    if (graph.resolve(each.absolute, file.path) !== graph.resolve(each.module, file.path)) continue;
    // `from.x` needs the blank that `from shop.x` does.
    const isTight = source.text({ start: each.moduleSpan.start - 1, end: each.moduleSpan.start }).trim() !== '';
    source.replace(each.moduleSpan, `${isTight ? ' ' : ''}${each.absolute}`);
  }
  return source.toSource();
};

export default transform;
