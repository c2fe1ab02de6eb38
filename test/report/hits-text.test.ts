import { describe, expect, it } from 'vitest';
import type { TextualHit } from '../../src/core/plan.js';
import { hitsText } from '../../src/report/hits-text.js';
import { plainStyle } from '../../src/report/style.js';

function hit(more: Partial<TextualHit>): TextualHit {
  return {
    path: 'a.py',
    line: 3,
    column: 1,
    text: "X = 'p.old'",
    written: 'p.old',
    replacement: 'p.new',
    decision: 'rewrite',
    reason: 'A string.',
    class: 'string',
    code: null,
    ...more,
  };
}

const text = (hits: readonly TextualHit[], width = 100, unicode = true) => hitsText(hits, plainStyle(width, unicode));

describe('places in text', () => {
  it('are nothing where there are none', () => {
    expect(text([])).toBe('');
  });

  it('stand by what becomes of them, the doubtful first', () => {
    const hits = [
      hit({}),
      hit({ path: 'CHANGES.md', line: 12, decision: 'leave', reason: 'A record of the past.' }),
      hit({ path: 'x.yaml', line: 1, written: 'old', replacement: null, decision: 'review', reason: 'A list.' }),
    ];
    expect(text(hits)).toBe(
      [
        '3 places in strings, settings and documents: 1 to rewrite, 1 to review, 1 to leave',
        '  ? a person must say (1)',
        '    A list.',
        '      x.yaml:1  old → ?',
        '  ~ would be rewritten (1)',
        '    A string.',
        '      a.py:3  p.old → p.new',
        '  - left as written (1)',
        '    A record of the past.',
        '      CHANGES.md:12  p.old',
        '',
      ].join('\n'),
    );
  });

  it('end in a count where there are many; bare words go last', () => {
    const bare = Array.from({ length: 20 }, (_, line) =>
      hit({ line, decision: 'leave', replacement: null, written: 'old' }),
    );
    const lines = text([...bare, hit({ line: 99, decision: 'leave' })]).split('\n');
    expect(lines[2]).toContain('A string.');
    expect(lines[3]).toContain('a.py:99');
    expect(lines).toContain('    … and 13 more (--format json lists all)');
    expect(lines).toHaveLength(13);
  });

  it('fit the terminal and its letters', () => {
    const long = hit({ path: `${'deep/'.repeat(20)}a.py`, reason: 'long '.repeat(20) });
    expect(
      text([long], 60)
        .split('\n')
        .every((line) => line.length <= 60),
    ).toBe(true);
    expect(text([hit({})], 100, false)).toContain('p.old -> p.new');
  });

  it('cannot move the cursor', () => {
    expect(text([hit({ written: '\u001b[2J' })])).toContain('\\x1b[2J');
  });
});
