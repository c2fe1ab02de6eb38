/** Functions stay readable: none is longer than sixty lines, no file longer than three hundred. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import getParser from 'jscodeshift/src/getParser.js';
import { expect, it } from 'vitest';

const LONGEST_FUNCTION = 60;
const LONGEST_FILE = 300;

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : path.endsWith('.ts') ? [path] : [];
  });
}

const parser = getParser('ts', {});

interface Node {
  readonly type: string;
  readonly loc?: { readonly start: { readonly line: number }; readonly end: { readonly line: number } };
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

function* nodesIn(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const each of value) yield* nodesIn(each);
  if (!isNode(value)) return;
  yield value;
  // Tokens and comments hold no functions.
  for (const [key, inner] of Object.entries(value))
    if (typeof inner === 'object' && !/^(?:loc|tokens|comments|errors|\w+Comments|extra)$/.test(key))
      yield* nodesIn(inner);
}

function longFunctions(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  if (text.split('\n').length <= LONGEST_FUNCTION) return [];
  const found: string[] = [];
  for (const { type, loc } of nodesIn((parser.parse(text) as { program: unknown }).program)) {
    if (!loc || !/Function|Method/.test(type)) continue;
    const lines = loc.end.line - loc.start.line + 1;
    if (lines > LONGEST_FUNCTION) found.push(`${path}:${loc.start.line} has ${lines} lines`);
  }
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
