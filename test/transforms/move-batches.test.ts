import { describe, expect, it } from 'vitest';
import { moveBatches } from '../../transforms/move-batches.js';

const map = (...entries: string[]) =>
  entries.map((entry) => {
    const [from = '', to = ''] = entry.split(' ');
    return { from, to };
  });

describe('moves per commit', () => {
  it('of their own come after the others, with what depends on them', () => {
    expect(moveBatches(map('a x', 'b y', 'c z'), 0, ['b'])).toEqual([map('a x', 'c z'), map('b y')]);
    expect(moveBatches(map('a x', 'b y', 'c z', 'd w'), 2, ['c', 'a'])).toEqual([
      map('b y', 'd w'),
      map('a x'),
      map('c z'),
    ]);
    expect(moveBatches(map('a b', 'x y', 'b a'), 0, ['b'])).toEqual([map('x y'), map('a b', 'b a')]);
    expect(moveBatches(map('a x'), 0, ['a'])).toEqual([map('a x')]);
    expect(moveBatches([], 0, [])).toEqual([[]]);
  });

  it('keeps all in one when no size is asked for', () => {
    expect(moveBatches(map('a b', 'c d'), 0)).toEqual([map('a b', 'c d')]);
  });

  it('goes by the order of the map', () => {
    expect(moveBatches(map('a x', 'b y', 'c z'), 2)).toEqual([map('a x', 'b y'), map('c z')]);
  });

  it('keeps swaps, chains and nested moves together, whatever the size', () => {
    expect(moveBatches(map('a b', 'x y', 'b a'), 1)).toEqual([map('a b', 'b a'), map('x y')]);
    expect(moveBatches(map('b c', 'x y', 'a b'), 1)).toEqual([map('b c', 'a b'), map('x y')]);
    expect(moveBatches(map('p/q r', 'x y', 'p/q/m.py n.py'), 1)).toEqual([map('p/q r', 'p/q/m.py n.py'), map('x y')]);
  });
});
