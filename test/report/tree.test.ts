/** Trees as people see them: whole drawings, wide and narrow, with and without box letters, and hostile names. */
import { describe, expect, it } from 'vitest';
import { colourStyle, plainStyle } from '../../src/report/style.js';
import { drawTree, drawTreeChange } from '../../src/report/tree.js';
import { HOSTILE_NAMES, OBEYED } from './support.js';

const wide = plainStyle(100);

function text(lines: readonly string[]): string {
  return `\n${lines.join('\n')}\n`;
}

describe('one tree', () => {
  const paths = ['pkg/b.py', 'pkg/sub/c.py', 'setup.py', 'pkg/__init__.py', 'pkg/sub/__init__.py'];

  it('stands in the order of names, whatever the order given', () => {
    expect(text(drawTree(paths, { style: wide, root: 'repo/' }))).toMatchInlineSnapshot(`
      "
      repo/
      ├── pkg/
      │   ├── __init__.py
      │   ├── b.py
      │   └── sub/
      │       ├── __init__.py
      │       └── c.py
      └── setup.py
      "
    `);
    expect(drawTree([...paths].reverse(), { style: wide })).toEqual(drawTree(paths, { style: wide }));
  });

  it('is drawn in ASCII where nothing else can be shown', () => {
    expect(text(drawTree(paths, { style: plainStyle(100, false) }))).toMatchInlineSnapshot(`
      "
      |-- pkg/
      |   |-- __init__.py
      |   |-- b.py
      |   \`-- sub/
      |       |-- __init__.py
      |       \`-- c.py
      \`-- setup.py
      "
    `);
  });

  it('labels what it is told to, and paints labels only', () => {
    const label = (path: string) => (path === 'pkg/b.py' ? ({ text: '12 lines', paint: 'green' } as const) : null);
    const lines = drawTree(paths, { style: colourStyle(100), label });
    expect(lines.filter((line) => line.includes('\u001b'))).toEqual(['│   ├── b.py  \u001b[32m12 lines\u001b[39m']);
  });

  it('folds what is not shown into numbers', () => {
    const many = ['a/x.py', 'a/y.py', 'a/z.py', 'b/c/d.py', 'b/c/e.py', 'top.py'];
    const lines = drawTree(many, { style: wide, isShown: (path) => path === 'a/y.py' });
    expect(text(lines)).toMatchInlineSnapshot(`
      "
      ├── a/
      │   ├── y.py
      │   └── (2 more)
      ├── b/  2 files
      └── (1 more)
      "
    `);
  });

  it('shows a file and a directory of one stem apart, and an empty list as nothing', () => {
    expect(drawTree(['x.py', 'x/a.py'], { style: wide })).toEqual(['├── x/', '│   └── a.py', '└── x.py']);
    expect(drawTree([], { style: wide })).toEqual([]);
  });

  it.each(HOSTILE_NAMES)('makes %j harmless', (name) => {
    expect(drawTree([`d/${name}`], { style: wide, root: name }).join('\n')).not.toMatch(OBEYED);
  });
});

describe('a change', () => {
  const change = {
    before: ['pkg/__init__.py', 'pkg/cross.py', 'pkg/predict.py', 'pkg/stays.py', 'docs/a.md', 'docs/b.md', 'old.py'],
    after: [
      'pkg/__init__.py',
      'pkg/analytics/__init__.py',
      'pkg/analytics/cross.py',
      'pkg/forecast.py',
      'pkg/stays.py',
      'docs/a.md',
      'docs/b.md',
    ],
    moves: [
      { from: 'pkg/cross.py', to: 'pkg/analytics/cross.py' },
      { from: 'pkg/predict.py', to: 'pkg/forecast.py' },
    ],
    shims: [],
  };

  it('stands side by side where there is room', () => {
    expect(text(drawTreeChange(change, wide))).toMatchInlineSnapshot(`
      "
      before                                       after
      ├── docs/  2 files                           ├── docs/  2 files
      ├── old.py  - gone                           └── pkg/
      └── pkg/                                         ├── analytics/
          ├── cross.py  → pkg/analytics/cross.py       │   ├── __init__.py  + new
          ├── predict.py  → forecast.py                │   └── cross.py  ← pkg/cross.py
          └── (2 more)                                 ├── forecast.py  ← predict.py
                                                       └── (2 more)
      "
    `);
  });

  it('stands one below the other where there is none', () => {
    expect(text(drawTreeChange(change, plainStyle(60, false)))).toMatchInlineSnapshot(`
      "
      before
      |-- docs/  2 files
      |-- old.py  - gone
      \`-- pkg/
          |-- cross.py  -> pkg/analytics/cross.py
          |-- predict.py  -> forecast.py
          \`-- (2 more)

      after
      |-- docs/  2 files
      \`-- pkg/
          |-- analytics/
          |   |-- __init__.py  + new
          |   \`-- cross.py  <- pkg/cross.py
          |-- forecast.py  <- predict.py
          \`-- (2 more)
      "
    `);
  });

  it('aligns the second tree whatever is painted', () => {
    const plain = drawTreeChange(change, wide);
    const coloured = drawTreeChange(change, colourStyle(100));
    expect(coloured.map((line) => line.replace(/\u001b\[\d+m/g, ''))).toEqual(plain);
    expect(coloured).not.toEqual(plain);
  });

  it('follows a swap', () => {
    const paths = ['a.py', 'b.py'];
    const moves = [
      { from: 'a.py', to: 'b.py' },
      { from: 'b.py', to: 'a.py' },
    ];
    expect(text(drawTreeChange({ before: paths, after: paths, moves, shims: [] }, wide))).toMatchInlineSnapshot(`
      "
      before             after
      ├── a.py  → b.py   ├── a.py  ← b.py
      └── b.py  → a.py   └── b.py  ← a.py
      "
    `);
  });

  it('says how many became one', () => {
    const moves = ['a.py', 'b.py', 'c.py'].map((from) => ({ from, to: 'p/abc.py' }));
    const change = { before: ['a.py', 'b.py', 'c.py'], after: ['p/abc.py'], moves, shims: [] };
    expect(text(drawTreeChange(change, wide))).toMatchInlineSnapshot(`
      "
      before                 after
      ├── a.py  → p/abc.py   └── p/
      ├── b.py  → p/abc.py       └── abc.py  ← a.py and 2 more
      └── c.py  → p/abc.py
      "
    `);
  });

  it('shows a shim at the old place', () => {
    const lines = drawTreeChange(
      { before: ['a.py'], after: ['a.py', 'b/a.py'], moves: [{ from: 'a.py', to: 'b/a.py' }], shims: ['a.py'] },
      wide,
    );
    expect(text(lines)).toMatchInlineSnapshot(`
      "
      before               after
      └── a.py  → b/a.py   ├── a.py  + shim
                           └── b/
                               └── a.py  ← a.py
      "
    `);
  });
});
