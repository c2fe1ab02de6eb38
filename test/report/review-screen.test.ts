/** One operation on one screen, whatever there is to show. */
import { describe, expect, it } from 'vitest';
import { height, operationScreen, operationText } from '../../src/report/review-screen.js';
import { colourStyle, plainStyle } from '../../src/report/style.js';

const STYLE = plainStyle(40);
const lines = (count: number, of = 'line') => Array.from({ length: count }, (_, at) => `${of} ${at + 1}`);

describe('a screen', () => {
  it('holds the evidence and the difference where there is room for both', () => {
    expect(operationScreen({ title: '1 of 2', lines: lines(2), diff: lines(4, 'diff') }, 20, STYLE)).toEqual([
      `── 1 of 2 ${'─'.repeat(29)}`,
      'line 1',
      'line 2',
      '',
      'diff 1',
      'diff 2',
      'diff 3',
      'diff 4',
    ]);
  });

  it('says how much more there is, of the difference first', () => {
    const screen = operationScreen({ title: 't', lines: lines(3), diff: lines(50, 'diff') }, 12, STYLE);
    expect(screen.slice(1)).toEqual([
      ...lines(3),
      '',
      ...lines(5, 'diff'),
      '… 45 more lines of difference: d shows all',
    ]);
    expect(operationScreen({ title: 't', lines: lines(3), diff: lines(50, 'diff') }, 7, STYLE).slice(1)).toEqual([
      ...lines(3),
      '50 lines of difference: d shows them',
    ]);
    expect(operationScreen({ title: 't', lines: lines(9), diff: [] }, 6, STYLE).slice(1)).toEqual([
      ...lines(3),
      '… 6 more lines: d shows all',
    ]);
  });

  it.each([6, 10, 17, 24, 60])('never has more than %i rows, wrapped lines counted', (rows) => {
    for (const evidence of [0, 1, 5, 30])
      for (const diff of [0, 1, 5, 300])
        for (const long of ['', 'x'.repeat(95)]) {
          const of = { title: 't', lines: lines(evidence, long), diff: lines(diff, long) };
          expect(height(operationScreen(of, rows, STYLE), STYLE)).toBeLessThanOrEqual(rows);
        }
  });

  it('is cut, the text of all of it is not', () => {
    const text = operationText({ title: 't', lines: lines(90), diff: lines(90, 'diff') }, STYLE);
    expect(text.split('\n')).toHaveLength(1 + 90 + 1 + 90 + 1);
  });
});

it('rows are counted by what is seen', () => {
  const { red, bold } = colourStyle(40);
  expect(height(['', 'x'.repeat(40), red(bold('x'.repeat(40))), 'x'.repeat(41), '\t'.repeat(6)], STYLE)).toBe(7);
});
