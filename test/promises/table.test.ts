/** The README's promises, the mechanisms behind them, and the tests that notice when one is missing, held against each other. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
// @ts-expect-error -- a list in plain JavaScript, which the script that takes them out reads as well
import { MECHANISMS } from './mechanisms.mjs';

interface Mechanism {
  readonly promise: string;
  readonly what: string;
  readonly file: string;
  readonly find: string;
  readonly test: readonly [string, string];
}

const mechanisms: readonly Mechanism[] = MECHANISMS;
const rows = [...readFileSync('README.md', 'utf8').matchAll(/^\| (P\d+) \| .* \| (.*) \|$/gm)];
const testsOf = new Map(
  rows.map(([, promise, tests = '']) => [
    promise,
    [...tests.matchAll(/`(test\/[^`]+)`/g)].map(([, path = '']) => path),
  ]),
);

describe('the table of promises', () => {
  it('has sixteen rows, each with tests that are there', () => {
    expect([...testsOf.keys()]).toEqual(Array.from({ length: 16 }, (_, index) => `P${index + 1}`));
    expect([...testsOf].filter(([, tests]) => tests.length === 0 || !tests.every((path) => existsSync(path)))).toEqual(
      [],
    );
  });

  it('names, for every mechanism that can be taken out, the test that notices', () => {
    const missing = mechanisms.filter(
      ({ promise, test: [path] }) => !testsOf.get(promise)?.some((each) => each.startsWith(path)),
    );
    expect(missing.map(({ promise, test: [path] }) => `${promise}: ${path}`)).toEqual([]);
    expect([...testsOf.keys()].filter((row) => !mechanisms.some(({ promise }) => promise === row))).toEqual([]);
  });

  it('speaks of code that is there, once', () => {
    const wrong = mechanisms.filter(({ file, find }) => readFileSync(file, 'utf8').split(find).length !== 2);
    expect(wrong.map(({ what, file }) => `${what}: ${file}`)).toEqual([]);
  });
});
