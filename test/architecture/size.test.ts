/** Functions stay readable: none is longer than sixty lines, no file longer than three hundred. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import jscodeshift from 'jscodeshift';
import { expect, it } from 'vitest';

const LONGEST_FUNCTION = 60;
const LONGEST_FILE = 300;

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : path.endsWith('.ts') ? [path] : [];
  });
}

const parse = jscodeshift.withParser('ts');

function longFunctions(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  if (text.split('\n').length <= LONGEST_FUNCTION) return [];
  const found: string[] = [];
  parse(text)
    .find(jscodeshift.Function)
    .forEach(({ node }) => {
      const [start, end] = [node.loc?.start.line ?? 0, node.loc?.end.line ?? 0];
      if (end - start + 1 > LONGEST_FUNCTION) found.push(`${path}:${start} has ${end - start + 1} lines`);
    });
  return found;
}

const SOURCES = ['src', 'transforms'].flatMap(filesBelow);

it('has no function over sixty lines', () => {
  expect(SOURCES.flatMap(longFunctions)).toEqual([]);
});

it('has no file over three hundred lines', () => {
  const long = SOURCES.map((path) => [path, readFileSync(path, 'utf8').split('\n').length - 1] as const);
  expect(long.filter(([, lines]) => lines > LONGEST_FILE).map(([path, lines]) => `${path} has ${lines} lines`)).toEqual(
    [],
  );
});
