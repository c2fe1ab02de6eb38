/** The document is written part by part; put together, it is what `JSON.stringify` gives. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { envelope } from '../../src/report/envelope.js';

const written = (data: unknown) => [...envelope({ command: 'graph', exitCode: 0, data, problems: [] })];
const whole = (data: unknown) =>
  `${JSON.stringify({ schema: 1, ok: true, command: 'graph', exitCode: 0, data, problems: [] })}\n`;
/** Escapes of what a terminal may obey are of the same meaning only. */
const meaning = (text: string) => JSON.parse(text);

test.each<[string, object]>([
  ['nothing', {}],
  ['what is undefined', { a: undefined, b: [undefined, 1], c: { d: undefined } }],
  ['a long list', { list: Array.from({ length: 2_500 }, (_, index) => ({ index })) }],
  ['a list of exactly so many', { list: Array.from({ length: 2_000 }, () => 0), after: null }],
  ['what is no plain object', { date: new Date(0), list: [[], [[]]], text: '"\\' }],
])('%s', (_, data) => {
  expect(written(data).join('')).toBe(whole(data));
});

test('any document', () => {
  fc.assert(
    fc.property(fc.object({ maxDepth: 4 }), (data) => {
      expect(meaning(written(data).join(''))).toEqual(meaning(whole(data)));
    }),
  );
});

test('no part holds much of a long list', () => {
  const list = Array.from({ length: 100_000 }, (_, index) => index);
  expect(Math.max(...written({ list }).map((part) => part.length))).toBeLessThan(80_000);
});
