import { describe, expect, it } from 'vitest';
import type { Comparison } from '../../src/core/comparison.js';
import { comparisonText, duplicatesText } from '../../src/report/duplicates.js';
import { plainStyle } from '../../src/report/style.js';

const SAME: Comparison = {
  verdict: 'identical',
  similarity: 1,
  structure: 1,
  contained: 1,
  textSimilarity: 1,
  lines: { keep: 1092, remove: 1050 },
  symbols: { same: ['f'], changed: [], onlyKeep: [], onlyRemove: [], renamed: [] },
  docstringsDiffer: [],
  commentsDiffer: false,
  reason: 'the same bytes',
};

const DIVERGED: Comparison = {
  ...SAME,
  verdict: 'diverged',
  similarity: 0.99999,
  structure: 0.99999,
  symbols: {
    same: ['f'],
    changed: [{ name: 'g', what: ['default', 'body'], keepLine: 120, removeLine: null }],
    onlyKeep: ['C.more'],
    onlyRemove: ['h\u001b[31m'],
    renamed: [],
  },
  docstringsDiffer: ['<module>'],
  commentsDiffer: true,
  reason: 'g (default, body) differs',
};

const PAIRS = [
  { keep: 'p/x.py', remove: 'p/x_robust.py', comparison: SAME },
  { keep: 'p/y.py', remove: 'q/y_\u202eold.py', comparison: DIVERGED },
];

describe('duplicatesText', () => {
  it('aligns numbers, totals and names the next command', () => {
    expect(duplicatesText(PAIRS, [], plainStyle(100))).toMatchInlineSnapshot(`
      "in p/
      keep  lines  duplicate         lines  similar    verdict   differs
      x.py  1,092  x_robust.py       1,050  100.0 %  identical         0
      y.py  1,092  q/y_\\u202eold.py  1,050   99.9 %   diverged  ~1 -1 +1

      2 pairs: 1 identical, 1 diverged. 2,100 lines in duplicates.
      Similarity is of code, without comments, layout and order. ~ changed, = renamed, - only in the
      duplicate, + only in the kept module.
      look closer: regraft compare p/y.py 'q/y_\\u202eold.py'
      "
    `);
  });

  it.each([72, 80, 120])('fits %d columns', (width) => {
    const long = { ...(PAIRS[0] as (typeof PAIRS)[number]), keep: `${'deep/'.repeat(20)}x.py` };
    const table = duplicatesText([long], [], plainStyle(width)).split('\n').slice(0, 2);
    for (const line of table) expect(line.length).toBeLessThanOrEqual(width);
  });

  it('says when there are none', () => expect(duplicatesText([], [], plainStyle(80))).toBe('no duplicates by name\n'));

  it('never shows 100 % of what differs', () => {
    expect(duplicatesText(PAIRS.slice(1), [], plainStyle(100))).toContain('99.9 %');
  });
});

describe('comparisonText', () => {
  it('tells code from docstrings and comments', () => {
    expect(comparisonText(PAIRS[1] as (typeof PAIRS)[number], plainStyle(100))).toMatchInlineSnapshot(`
      "keep    p/y.py            1,092  lines
      remove  q/y_\\u202eold.py  1,050  lines

      diverged: g (default, body) differs
      similarity: code 99.9 %, text 100.0 %

      changed (1)
                          kept line  duplicate line
        g  default, body        120               -

      only in the duplicate (1)
        h\\x1b[31m

      only in the kept module (1)
        C.more

      not code
        docstring of <module>
        comments

      1 symbol with equal code
      "
    `);
  });

  it('prints no control characters of the repository', () => {
    const shown =
      PAIRS.map((pair) => comparisonText(pair, plainStyle(80))).join('') + duplicatesText(PAIRS, [], plainStyle(80));
    expect(shown).not.toMatch(/[\u001b\u202e]/);
  });
});
