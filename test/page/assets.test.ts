/** The page's own code: put together as one module, small, and harmless inside its element. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import jscodeshift from 'jscodeshift';
import { describe, expect, it } from 'vitest';
import { joined, pageFiles } from '../../src/io/page-assets.js';

const SOURCES = readdirSync('page').filter((name) => name.endsWith('.js'));
const read = (name: string) => readFileSync(join('page', name), 'utf8');

describe('the script', () => {
  const { script, style, library } = pageFiles();

  it('has every module in it', () => {
    const parts = SOURCES.map((name) => /^export (?:async )?(?:function|const) (\w+)/m.exec(read(name))?.[1]);
    for (const name of parts.filter((each) => each !== undefined)) expect(script).toContain(`function ${name}(`);
    expect(SOURCES.length).toBeGreaterThan(8);
  });

  it('declares each name once, whatever module it stands in', () => {
    const names = [...script.matchAll(/^(?:async )?(?:function|const|let|class) (\w+)/gm)].map((match) => match[1]);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('has no import or export left', () => {
    expect(script).not.toMatch(/^\s*(?:import|export)\b/m);
    expect(joined(["import { a } from './a.js';\nexport function b() {}\n"])).toBe('\nfunction b() {}\n');
  });

  it('is small; loads nothing, and writes no markup', () => {
    expect(script.length).toBeLessThan(60_000);
    for (const text of [script, style]) expect(text).not.toMatch(/https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
    expect(script).not.toMatch(
      /innerHTML|insertAdjacentHTML|document\.write|\beval\(|fetch\(|XMLHttpRequest|\.setAttribute\('style/,
    );
    expect(style).not.toMatch(/@import|url\(/);
  });

  it('does not end its element, nor does the library', () => {
    for (const text of [script, library]) expect(text).not.toMatch(/<\/script|<!--|\r/i);
  });
});

it('has no long file and no long function', () => {
  const parse = jscodeshift.withParser('babylon');
  const long = SOURCES.flatMap((name) => {
    const found: string[] = [];
    parse(read(name))
      .find(jscodeshift.Function)
      .forEach(({ node }) => {
        if ((node.loc?.end.line ?? 0) - (node.loc?.start.line ?? 0) >= 60)
          found.push(`${name}:${node.loc?.start.line}`);
      });
    return read(name).split('\n').length > 300 ? [...found, name] : found;
  });
  expect(long).toEqual([]);
});
