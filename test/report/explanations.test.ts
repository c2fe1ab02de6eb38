/** Every code that the sources can report is explained, none besides, and what is advised can be typed. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS, GLOBAL_OPTIONS } from '../../src/commands/specs.js';
import { explainText } from '../../src/report/explain.js';
import { EXPLANATIONS, explainedCodes, explanationOf } from '../../src/report/explanations/index.js';
import { plainStyle } from '../../src/report/style.js';
import { codesInSources } from '../support/codes.js';

const found = codesInSources(['src', 'transforms']);

describe('explanations', () => {
  it('are there for every code in the sources', () => {
    const known = new Set(explainedCodes());
    const missing = [...found.codes].filter(([code]) => !known.has(code));
    expect(missing.map(([code, files]) => `${code}, of ${files[0]}: explain it in src/report/explanations/`)).toEqual(
      [],
    );
  });

  it('are there for no other code, and for none twice', () => {
    expect(explainedCodes().filter((code) => !found.codes.has(code))).toEqual([]);
    expect(explainedCodes().length).toBe(new Set(explainedCodes()).size);
  });

  it('follow every way in which the sources name a code', () => {
    expect(found.unfollowed).toEqual([]);
    expect(found.codes.size).toBeGreaterThan(130);
    // One for each way: written in the call, handed on, as a default, in a table, in a type, after a condition.
    for (const code of [
      'no-keeper',
      'case-twin',
      'module-as-value',
      'cannot-redirect',
      'data-reference',
      'guessed-import',
      'exists',
    ])
      expect(found.codes.has(code), code).toBe(true);
  });

  it('are there for all codes that fixtures expect', () => {
    const expected = filesBelow('fixtures')
      .filter((path) => path.endsWith('refusals.json'))
      .flatMap((path) =>
        [...readFileSync(path, 'utf8').matchAll(/"code": *"([^"]+)"/g)].map((match) => match[1] as string),
      );
    expect(expected.length).toBeGreaterThan(50);
    expect([...new Set(expected)].filter((code) => explanationOf(code) === null)).toEqual([]);
  });

  it('name commands and options that exist', () => {
    const options = new Set([...COMMANDS, { options: GLOBAL_OPTIONS }].flatMap((each) => Object.keys(each.options)));
    const text = EXPLANATIONS.flatMap(({ codes }) => Object.values(codes).flatMap(({ todo }) => todo)).join('\n');
    const names = COMMANDS.map(({ name }) => name);
    const advised = [...text.matchAll(/\bregraft ([a-z]+)\b/g)].map((match) => match[1] as string);
    const flags = [...text.matchAll(/(?<![\w-])--([a-z][a-z-]+)/g)].map((match) => match[1] as string);
    const PROSE = ['deleted', 'inside', 'plans', 'works'];
    const OF_OTHERS = ['diff-filter', 'refetch'];
    expect(advised.filter((name) => !names.includes(name) && !PROSE.includes(name))).toEqual([]);
    expect(flags.filter((flag) => flag !== 'help' && !options.has(flag) && !OF_OTHERS.includes(flag))).toEqual([]);
  });

  it('say what a person can do, in lines that fit', () => {
    for (const group of EXPLANATIONS)
      for (const [code, explanation] of Object.entries(group.codes)) {
        expect(explanation.todo.length, code).toBeGreaterThan(0);
        const text = explainText({ code, group, explanation, accepted: null }, plainStyle(100));
        expect(
          text.split('\n').filter((line) => line.length > 110),
          code,
        ).toEqual([]);
      }
  });
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}
