/** Copies among a few drawn files: what the index proposes, and what is grouped. */
import { describe, expect, it } from 'vitest';
import { findCandidates } from '../../../src/core/clones/candidates.js';
import { functionCopies, LEAST_FUNCTION } from '../../../src/core/clones/function-copies.js';
import { completeLinkage, components } from '../../../src/core/clones/linkage.js';
import type { CodePrint } from '../../../src/core/clones/model.js';
import { moduleCopies, openPairs } from '../../../src/core/clones/module-copies.js';
import { packageCopies } from '../../../src/core/clones/package-copies.js';
import { sortedIndices } from '../../../src/core/clones/sorted.js';
import type { Comparison } from '../../../src/core/comparison.js';
import { codePrint } from '../../../src/python/code-print.js';

const FUNCTION = `def total(orders, limit=10):
    """What all orders come to."""
    result = 0
    for order in orders:
        if order.amount > limit and order.is_open():
            result += order.amount * order.price
        else:
            log.debug("skipped %s", order.name)
    if result < 0:
        raise ArithmeticError(f"{limit} is no bound for {len(orders)}")
    return round(result, 2)
`;
const RENAMED = FUNCTION.replaceAll(/\b(total|orders|order|limit|result)\b/g, 'x_$1').replace(
  '"""What all orders come to."""',
  '',
);
const OTHER = `def names(paths):
    found = []
    while paths:
        path = paths.pop()
        if path.is_dir():
            paths.extend(sorted(path.iterdir()))
        elif path.suffix in (".py", ".pyi"):
            found.append(path.stem.lower())
    return found
`;

const prints = (...texts: string[]) => texts.map((text) => codePrint(text) as CodePrint);

/** `kind file.function file.function` for each group. */
function groups(...texts: string[]): string[] {
  const all = prints(...texts);
  return functionCopies(all, findCandidates(all, LEAST_FUNCTION)).map(({ kind, members }) =>
    [kind, ...members.map(({ file, index }) => `${file}.${index}`)].join(' '),
  );
}

describe('functions', () => {
  it.each<[what: string, texts: string[], expected: string[]]>([
    ['in two files', [FUNCTION, `import os\n\n\n${FUNCTION}`], ['identical 0.0 1.0']],
    ['under another name', [FUNCTION, FUNCTION.replace('total', 'sum_of')], ['identical 0.0 1.0']],
    [
      'laid out otherwise',
      [FUNCTION, FUNCTION.replace('orders, limit=10', '\n    orders,\n    limit=10,\n')],
      ['identical 0.0 1.0'],
    ],
    ['in a class', [FUNCTION, `class C:\n${FUNCTION.replace(/^(?=.)/gm, '    ')}`], ['identical 0.0 1.0']],
    ['with other identifiers', [FUNCTION + OTHER, RENAMED], ['renamed 0.0 1.0']],
    [
      'with one line more',
      [FUNCTION, FUNCTION.replace('    return', '    print(result)\n    return')],
      ['near 0.0 1.0'],
    ],
    ['of one file', [FUNCTION + FUNCTION.replace('total', 'again')], ['identical 0.0 0.1']],
    ['that do something else', [FUNCTION, OTHER], []],
    [
      'that are stubs',
      ['def f(a, b):\n    raise NotImplementedError\n', 'def g(a, b):\n    raise NotImplementedError\n'],
      [],
    ],
    ['three, one of them renamed', [FUNCTION, RENAMED, FUNCTION], ['renamed 0.0 1.0 2.0']],
  ])('%s', (_, texts, expected) => expect(groups(...texts)).toEqual(expected));

  it('of two codes in a thousand files are one group, and only the two are compared', () => {
    const near = FUNCTION.replace('    return', '    print(result)\n    return');
    const start = performance.now();
    expect(groups(...Array.from({ length: 1000 }, (_, index) => (index % 2 ? near : FUNCTION)))).toHaveLength(1);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it('with another literal are not the same', () => {
    expect(groups(FUNCTION, FUNCTION.replace('limit=10', 'limit=11'))).toEqual(['near 0.0 1.0']);
  });
});

describe('the print of a file', () => {
  const lines = (text: string) => codePrint(text)?.hashes.length;
  it.each<[what: string, text: string, expected: number]>([
    ['imports and docstrings leave no line', '"""Doc."""\nimport a\nfrom b import c\n', 0],
    ['a statement behind a colon is a line', 'if a: b()\n', 2],
    ['a lambda has no line of its own', 'if f(lambda: 1): b()\n', 2],
    ['semicolons part lines', 'a(); b()\n', 2],
    ['annotations do not', 'a: int = 1\nb = x[1:2]\n', 2],
    ['a class and its method', 'class C:\n    def f(self): pass\n', 3],
  ])('%s', (_, text, expected) => expect(lines(text)).toBe(expected));

  it('is the same whichever way the code is laid out', () => {
    const hashes = (text: string) => [...(codePrint(text)?.hashes ?? [])];
    expect(hashes('x = f(a, b)\nif x: g()\n')).toEqual(hashes('# c\nx = f(\n    a,\n    b,\n)\nif (x):\n    g()\n'));
  });

  it('knows where functions begin and end', () => {
    const text =
      'class A:\n    class B:\n        def f(self):\n            def g():\n                return 1\n            return g\n\n    x = 1\n\n\ndef h():\n    pass\n';
    const found = codePrint(text)?.functions.map(({ names, line, endLine }) => [
      names.map((at) => text[at]).join('.'),
      line,
      endLine,
    ]);
    expect(found).toEqual([
      ['A.B.f', 3, 6],
      ['h', 11, 12],
    ]);
  });

  it('is none where the text is no Python', () => expect(codePrint("print 'a\n")).toBeNull());
});

describe('candidates', () => {
  it('are few: files that share nothing are never put together', () => {
    const texts = Array.from({ length: 30 }, (_, index) => OTHER.replaceAll(/\b(\w+)\b/g, `$1_${index}`));
    expect(findCandidates(prints(...texts), LEAST_FUNCTION).files).toEqual([]);
  });

  it('join large families by their neighbours', () => {
    const { files } = findCandidates(prints(...Array<string>(40).fill(FUNCTION)), LEAST_FUNCTION);
    expect(files.length).toBeGreaterThanOrEqual(39);
    expect(files.length).toBeLessThan(100);
  });
});

describe('modules of large families', () => {
  const copies = (count: number, alike: (a: number, b: number) => number) => {
    const all = prints(...Array<string>(count).fill(FUNCTION + OTHER));
    const neighbours = Array.from({ length: count - 1 }, (_, a) => ({ a, b: a + 1, share: 1 }));
    const compare = (a: number, b: number) => ({ structure: alike(a, b), contained: 0 }) as Comparison;
    return moduleCopies(all, openPairs(all, neighbours, String), compare);
  };

  it('of a large family are one family, though the index joins neighbours only', () => {
    expect(copies(100, () => 0.9).map(({ length }) => length)).toEqual([100]);
  });

  it('of two large families that one neighbour joins are two', () => {
    const groups = copies(160, (a, b) => (a < 80 === b < 80 ? 0.9 : 0.65));
    expect(groups.map(([first, ...others]) => [first, others.length + 1])).toEqual([
      [0, 80],
      [80, 80],
    ]);
  });

  it('tell the nearest copy of a member that is not like all others', () => {
    // 5 is like 4 alone, and 4 is in a family.
    const groups = copies(6, (a, b) => (b === 5 ? (a === 4 ? 0.95 : 0) : 0.9));
    expect(groups).toEqual([
      [0, 1, 2, 3],
      [4, 5],
    ]);
    const others = copies(6, (a, b) => (b === 5 ? (a === 4 ? 0.85 : 0) : 0.9));
    expect(others).toEqual([
      [0, 1, 2, 3, 4],
      [4, 5],
    ]);
  });

  it('of a chain that is too long to compare are alike to their neighbours at least', () => {
    const groups = copies(200, (a, b) => (Math.abs(a - b) === 1 ? 0.7 : 0));
    expect(groups.every(({ length }) => length === 2)).toBe(true);
    expect(groups.length).toBeGreaterThan(60);
  });
});

describe('complete linkage', () => {
  const link = (a: number, b: number, similarity = 1) => ({ a, b, similarity });
  it.each<[what: string, links: ReturnType<typeof link>[], expected: number[][]]>([
    ['a pair', [link(1, 2)], [[1, 2]]],
    ['a triangle', [link(1, 2), link(2, 3), link(1, 3)], [[1, 2, 3]]],
    ['a chain stays a pair: the most alike', [link(1, 2, 0.7), link(2, 3, 0.9)], [[2, 3]]],
    [
      'two pairs',
      [link(5, 6), link(1, 2)],
      [
        [1, 2],
        [5, 6],
      ],
    ],
  ])('of %s', (_, links, expected) => {
    expect(completeLinkage(links)).toEqual(expected);
    expect(completeLinkage([...links].reverse())).toEqual(expected);
  });

  it('is about what is joined at all', () =>
    expect(components([link(1, 2), link(2, 3), link(7, 8)])).toEqual([
      [1, 2, 3],
      [7, 8],
    ]));
});

describe('packages', () => {
  it('are copies where most of their modules are', () => {
    const paths = ['a/x.py', 'a/y.py', 'a/z.py', 'b/x.py', 'b/y.py', 'c/x.py'];
    expect(
      packageCopies(paths, [
        ['a/x.py', 'b/x.py', 'c/x.py'],
        ['a/y.py', 'b/y.py'],
      ]),
    ).toMatchObject([
      {
        a: 'a',
        b: 'b',
        modules: { a: 3, b: 2 },
        paired: [
          { a: 'a/x.py', b: 'b/x.py' },
          { a: 'a/y.py', b: 'b/y.py' },
        ],
      },
    ]);
  });

  it('have one partner for each module, that of its own name first', () => {
    const paths = ['a/x.py', 'a/y.py', 'b/x.py', 'b/y.py', 'b/z.py'];
    expect(packageCopies(paths, [paths])).toMatchObject([
      {
        paired: [
          { a: 'a/x.py', b: 'b/x.py' },
          { a: 'a/y.py', b: 'b/y.py' },
        ],
      },
    ]);
  });

  it('take their subpackages along', () => {
    const paths = ['a/s/x.py', 'a/s/y.py', 'b/s/x.py', 'b/s/y.py'];
    const found = packageCopies(paths, [
      ['a/s/x.py', 'b/s/x.py'],
      ['a/s/y.py', 'b/s/y.py'],
    ]);
    expect(found.map(({ a, b }) => [a, b])).toEqual([['a', 'b']]);
  });
});

describe('modules', () => {
  const copies = (contents: readonly string[], isCopy = true) => {
    const asked: string[] = [];
    const all = prints(...contents.map(() => FUNCTION + OTHER));
    const { files } = findCandidates(all, LEAST_FUNCTION);
    const open = openPairs(all, files, (number) => contents[number] as string);
    const groups = moduleCopies(all, open, (a, b) => {
      asked.push(`${a} ${b}`);
      return { structure: isCopy ? 0.9 : 0, contained: 0 } as Comparison;
    });
    return { groups, asked };
  };

  it('of the same bytes are one group, however many there are, and need no comparison', () => {
    const { groups, asked } = copies(Array.from({ length: 200 }, () => 'same'));
    expect([groups.length, groups[0]?.length, asked]).toEqual([1, 200, []]);
  });

  it('of the same bytes are compared as one', () => {
    const { groups, asked } = copies(['x', 'y', 'x', 'y', 'x']);
    expect([groups, asked]).toEqual([[[0, 1, 2, 3, 4]], ['0 1']]);
    expect(copies(['x', 'y', 'x', 'y', 'x'], false).groups).toEqual([
      [0, 2, 4],
      [1, 3],
    ]);
  });
});

it('sorts many numbers with where they stood', () => {
  const keys = Uint32Array.from([7, 0xffffffff, 0, 7, 65_536]);
  expect([...sortedIndices(keys)]).toEqual([2, 0, 3, 4, 1]);
});
