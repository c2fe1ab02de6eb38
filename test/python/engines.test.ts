/**
 * Both engines give the same facts, and the import statements that CPython finds, on a sample of the standard library.
 * The whole of it, with the installed packages, is read by test/real/imports-vs-ast.mjs.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { decodePython, lineIndex, lineStarts } from '../../src/core/text.js';
import { extractFacts } from '../../src/python/facts.js';
import { grammar } from '../../src/python/grammar.js';
import type { Parser } from '../../src/python/parser.js';
import { visit } from '../../src/python/syntax.js';
import { difference, importRows, knowsNameLines, loadRows, scopeRows } from '../real/view.mjs';
import { engine } from './support.js';

const SAMPLE = 60;
const AST = fileURLToPath(new URL('../real/ast_imports.py', import.meta.url));
const python = (args: readonly string[], input = ''): string | null => {
  const { status, stdout } = spawnSync('python3', [AST, ...args], { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  return status === 0 ? stdout : null;
};

interface Truth {
  readonly path: string;
  readonly error?: string;
  readonly imports: string[];
  readonly scopes: string[] | null;
  readonly loads: string[];
  readonly deleted: string[];
}

const files = python(['--list'])?.split('\0') ?? null;
const sample = files?.filter((_, index) => index % Math.ceil(files.length / SAMPLE) === 0) ?? [];
const native = await engine('native');
const wasm = await engine('wasm');

function sources(): { path: string; text: string }[] {
  return sample.flatMap((path) => {
    const source = decodePython(readFileSync(path));
    return 'text' in source ? [{ path, text: source.text }] : [];
  });
}

const factsIn = (parser: Parser, text: string) => extractFacts(text, parser.parse(text));

describe('the native engine', () => {
  test('loads here', (context) => {
    if (typeof native === 'string') context.skip(`native tree-sitter does not load here: ${native}`);
    expect(native).toHaveProperty('engine', 'native');
  });
});

describe('both engines', () => {
  test('give equal facts', async (context) => {
    if (files === null) context.skip('python3 is not here to name its standard library');
    if (typeof native === 'string') return context.skip(`native tree-sitter does not load here: ${native}`);
    if (typeof wasm === 'string') throw new Error(`the WebAssembly engine does not load: ${wasm}`);
    expect(sources().length).toBeGreaterThan(SAMPLE / 2);
    for (const { path, text } of sources()) {
      expect(factsIn(native, text), path).toEqual(factsIn(wasm, text));
      await new Promise(setImmediate);
    }
  });
});

/** What a tree holds that the list of the grammar does not name. */
function unlisted(parser: Parser, text: string): string[] {
  const { types, fields } = grammar();
  const found = new Set<string>();
  visit(parser.parse(text), ({ type, field }) => {
    if (!types.has(type)) found.add(type);
    if (field !== null && !fields.has(field)) found.add(`${field}:`);
    return undefined;
  });
  return [...found];
}

describe.each([
  ['native', native],
  ['wasm', wasm],
] as const)('%s', (_, parser) => {
  test('gives nodes and fields that the list of the grammar names', async (context) => {
    if (typeof parser === 'string') return context.skip(`the engine does not load here: ${parser}`);
    for (const { path, text } of [...sources(), { path: 'broken', text: 'def f(:\nx = (\nprint "a"\nexec "b"\n' }]) {
      expect(unlisted(parser, text), path).toEqual([]);
      await new Promise(setImmediate);
    }
  });

  test("agrees with CPython's own ast and symtable", async (context) => {
    const lines = python([], sample.join('\0'));
    if (lines === null) return context.skip('python3 is not here to judge');
    if (typeof parser === 'string') return context.skip(`the engine does not load here: ${parser}`);
    const truths = new Map(
      lines
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Truth)
        .map((t) => [t.path, t]),
    );
    for (const { path, text } of sources()) {
      const truth = truths.get(path);
      if (!truth || truth.error) continue;
      expect(disagreements(parser, text, truth), path).toEqual([]);
      await new Promise(setImmediate);
    }
  });
});

function disagreements(parser: Parser, text: string, truth: Truth): string[] {
  const facts = factsIn(parser, text);
  const imports = difference(truth.imports, importRows(facts, knowsNameLines(truth.imports)));
  if (facts.syntaxErrors.length > 0) return [...imports.missing, ...imports.invented];
  const starts = lineStarts(text);
  const scopes = scopeRows(facts, (offset) => lineIndex(starts, offset) + 1);
  // symtable counts a name that is only deleted as bound; such files are left to the whole comparison.
  const areas = [imports, truth.scopes === null || truth.deleted.length > 0 ? null : difference(truth.scopes, scopes)];
  areas.push(difference(truth.loads, loadRows(facts)));
  return areas.flatMap((area) => (area ? [...area.missing, ...area.invented] : []));
}
