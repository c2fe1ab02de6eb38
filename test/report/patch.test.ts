/** Patches are judged by git itself: applied in a repository, the bytes, names and modes must be the wanted ones. */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { highlightPython } from '../../src/python/highlight.js';
import { diffText, type FileChange, patchText } from '../../src/report/patch.js';
import { colourStyle, plainStyle } from '../../src/report/style.js';
import { HOSTILE_NAMES, OBEYED } from './support.js';

const tops: string[] = [];
afterEach(() => {
  for (const top of tops.splice(0)) rmSync(top, { recursive: true, force: true });
});

/** Applies the patch of the changes to a repository that holds their `before`; gives the directory. */
function applied(changes: readonly FileChange[]): string {
  const top = mkdtempSync(join(tmpdir(), 'regraft-patch-'));
  tops.push(top);
  const git = (args: string[], input?: Uint8Array) =>
    execFileSync('git', args, { cwd: top, input, stdio: ['pipe', 'pipe', 'pipe'] });
  git(['init', '-q']);
  for (const { path: to, from, mode, before } of changes) {
    if (before === null) continue;
    const path = from ?? to;
    mkdirSync(dirname(join(top, path)), { recursive: true });
    writeFileSync(join(top, path), before);
    chmodSync(join(top, path), mode === '100755' ? 0o755 : 0o644);
  }
  git(['add', '-A']);
  git(['apply', '--check', '--whitespace=nowarn'], patchText(changes));
  git(['apply', '--index', '--whitespace=nowarn'], patchText(changes));
  return top;
}

const isFile = (path: string) => existsSync(path) && statSync(path).isFile();

function expectApplied(changes: readonly FileChange[]): void {
  const top = applied(changes);
  const taken = new Set(changes.filter(({ after }) => after !== null).map(({ path }) => path));
  for (const { from } of changes) if (from && !taken.has(from)) expect(isFile(join(top, from))).toBe(false);
  for (const { path, after, mode } of changes) {
    if (after === null) expect(isFile(join(top, path))).toBe(taken.has(path));
    else {
      expect(readFileSync(join(top, path)).toString('latin1')).toBe(Buffer.from(after).toString('latin1'));
      expect(statSync(join(top, path)).mode & 0o111).toBe(mode === '100755' ? 0o111 : 0);
    }
  }
}

function moved(from: string, path: string, before: string, after = before, mode = '100644'): FileChange {
  return { ...change(before, after, path, mode), from };
}

function change(before: string | null, after: string | null, path = 'pkg/a.py', mode = '100644'): FileChange {
  const bytes = (text: string | null) => (text === null ? null : Buffer.from(text, 'latin1'));
  return { path, mode, before: bytes(before), after: bytes(after) };
}

const LONG = Array.from({ length: 60 }, (_, i) => `line ${i}\n`).join('');

describe('a patch that git applies to the byte', () => {
  it.each<[string, string | null, string | null]>([
    ['one line', 'a\nb\nc\n', 'a\nB\nc\n'],
    ['the first line', LONG, LONG.replace('line 0', 'first')],
    ['the last line', LONG, LONG.replace('line 59', 'last')],
    ['two hunks far apart', LONG, LONG.replace('line 5\n', '5\n').replace('line 50\n', '50\n')],
    ['two hunks that touch', LONG, LONG.replace('line 5\n', '5\n').replace('line 12\n', '12\n')],
    ['two hunks one line apart', LONG, LONG.replace('line 5\n', '5\n').replace('line 13\n', '13\n')],
    ['lines added and removed', LONG, LONG.replace('line 5\nline 6\n', '').replace('line 40\n', 'x\ny\nline 40\n')],
    ['CRLF', 'a\r\nb\r\nc\r\n', 'a\r\nB\r\nc\r\n'],
    ['mixed line ends', 'a\r\nb\nc\rd\n', 'a\r\nB\nc\rd\n'],
    ['a lone CR', 'a\rb\rc', 'a\rB\rc'],
    ['no final newline before and after', 'a\nb', 'a\nc'],
    ['no final newline, change elsewhere', 'a\nb\nc', 'A\nb\nc'],
    ['a final newline gained', 'a\nb', 'a\nb\n'],
    ['a final newline lost', 'a\nb\n', 'a\nb'],
    ['bytes that are no UTF-8', 'caf\xe9 = 1\nb\n', 'caf\xe9 = 2\nb\n'],
    ['a byte-order mark', '\xef\xbb\xbfa\nb\n', '\xef\xbb\xbfA\nb\n'],
    ['NUL', 'a\0b\nc\n', 'a\0B\nc\n'],
    ['form feeds and tabs', '\fa\n\tb\n', '\fa\n\tB\n'],
    ['lines that look like a patch', '--- a/x\n+++ b/x\n@@ -1 +1 @@\n', '--- a/x\n+++ b/y\n@@ -1 +1 @@\n'],
    ['everything removed', 'a\nb\n', ''],
    ['filled from empty', '', 'a\nb\n'],
    ['deletion', LONG, null],
    ['deletion without a final newline', 'a\nb', null],
    ['deletion of an empty file', '', null],
    ['creation', null, 'a\nb\n'],
    ['creation without a final newline', null, 'a'],
    ['creation of an empty file', null, ''],
  ])('%s', (_, before, after) => expectApplied([change(before, after)]));

  it.each(['100644', '100755'])('keeps mode %s in rewrites, creations and deletions', (mode) => {
    expectApplied([
      change('a\n', 'b\n', 'a.py', mode),
      change(null, 'b\n', 'b.py', mode),
      change('b\n', null, 'c.py', mode),
    ]);
  });

  it.each([
    'with blank.py',
    ' leading.py',
    'trailing ',
    'quote"s.py',
    'back\\slash.py',
    'new\nline.py',
    'tab\tand\rreturn.py',
    'bell\x07\b\v\f\x1b[31m.py',
    'del\x7f.py',
    'größe/日本語 🎉.py',
    'bidi\u202egpj.py',
    '-dash.py',
    'a b/b/c d.py',
    ':(top).py',
  ])('names: %j', (path) => {
    expectApplied([change('a\n', 'b\n', path)]);
    expectApplied([change('a\n', null, path)]);
    expectApplied([change(null, 'a\n', path)]);
    expectApplied([change('', null, path)]);
  });

  it.each<[string, FileChange[]]>([
    ['to a new directory', [moved('a.py', 'n/deep/a.py', LONG)]],
    ['with edits', [moved('a.py', 'n/a.py', LONG, LONG.replace('line 5\n', 'five\n'))]],
    ['of which nothing is left', [moved('a.py', 'n/a.py', 'a\n', 'b\n')]],
    ['of an empty file', [moved('a/__init__.py', 'b/__init__.py', '')]],
    ['of what is no text', [moved('a.bin', 'n/a.bin', '\0\x01\xff\r\n\xfe'.repeat(50))]],
    ['of an executable', [moved('run', 'bin/run', '#!/bin/sh\n', '#!/bin/sh -e\n', '100755')]],
    ['without a last line end', [moved('a.py', 'b.py', 'a\nb', 'a\nc')]],
    ['only in case', [moved('Foo.py', 'foo.py', LONG)]],
    ['to a directory of its own name', [moved('a.py', 'a/__init__.py', LONG), moved('b', 'b/b', LONG)]],
    ['of two that change places', [moved('a.py', 'b.py', LONG), moved('b.py', 'a.py', 'b\n', 'c\n')]],
    [
      'of three that follow one another',
      [moved('a.py', 'b.py', 'A\n'), moved('b.py', 'c.py', 'B\n'), moved('c.py', 'd.py', 'C\n', 'c\n')],
    ],
    ['with a shim at the old path', [change(null, 'from b import *\n', 'a.py'), moved('a.py', 'b.py', LONG)]],
    ['onto a file that is deleted', [change('old\n', null, 'b.py'), moved('a.py', 'b.py', LONG)]],
    [
      'under odd names',
      HOSTILE_NAMES.slice(0, 5).map((name, i) => moved(`${i} ${name}`, `n/${name}`, LONG, `${LONG}x`)),
    ],
  ])('a move %s', (_name, changes) => {
    expectApplied(changes);
  });

  it('a move is a rename to git, nearly as similar as git finds it', () => {
    const [long, tiny] = [
      moved('a.py', 'n/a.py', LONG, LONG.replace('line 5\n', 'five\n')),
      moved('b', 'c', 'a\n', 'b\n'),
    ];
    expect(
      Buffer.from(patchText([long, tiny]))
        .toString()
        .split('\n')
        .slice(0, 4),
    ).toEqual(['diff --git a/a.py b/n/a.py', 'similarity index 98%', 'rename from a.py', 'rename to n/a.py']);
    const top = applied([long, tiny]);
    const git = (...args: string[]) => execFileSync('git', args, { cwd: top, encoding: 'utf8' });
    expect(git('ls-files', '-s')).toMatch(/^100644 \w+ 0\tc\n100644 \w+ 0\tn\/a\.py\n$/);
    const summary = execFileSync('git', ['apply', '--summary'], {
      cwd: top,
      input: patchText([long, tiny]),
    }).toString();
    expect(summary).toBe(' rename a.py => n/a.py (98%)\n rename b => c (0%)\n');
  });

  it('many files at once', () => {
    expectApplied([change('a\n', 'b\n', 'x/a.py'), change(LONG, null, 'x/b.py'), change(null, 'n\n', 'y/c.py')]);
  });

  it('random contents of few distinct lines', () => {
    const line = fc.constantFrom('a\n', 'b\n', 'c\r\n', '\n', '\\ No newline\n', 'd');
    const content = fc.array(line, { maxLength: 30 }).map((lines) => lines.join(''));
    const pairs = fc.sample(fc.tuple(content, content), { numRuns: 300, seed: 7 });
    expectApplied(pairs.map(([before, after], index) => change(before, after, `f${index}.py`)));
  });

  it('says nothing where nothing changes', () => {
    expect(patchText([change('a\n', 'a\n'), change(null, null)])).toHaveLength(0);
  });
});

describe('a diff for people', () => {
  it('is the same diff', () => {
    expect(diffText([change('a\nb\n', 'a\nc')], plainStyle(80))).toMatchInlineSnapshot(`
      "diff --git a/pkg/a.py b/pkg/a.py
      --- a/pkg/a.py
      +++ b/pkg/a.py
      @@ -1,2 +1,2 @@
       a
      -b
      +c
      \\ No newline at end of file
      "
    `);
  });

  it('shows a move as what it is', () => {
    expect(
      diffText([moved('a.py', 'n/a b.py', 'a\nb\n', 'a\nc\n'), moved('x', 'y', 'x')], plainStyle(80)),
    ).toMatchInlineSnapshot(`
      "diff --git a/a.py b/n/a b.py
      similarity index 50%
      rename from a.py
      rename to n/a b.py
      --- a/a.py
      +++ b/n/a b.py	
      @@ -1,2 +1,2 @@
       a
      -b
      +c
      diff --git a/x b/y
      similarity index 100%
      rename from x
      rename to y
      "
    `);
  });

  it('keeps tabs and drops carriage returns at line ends', () => {
    expect(diffText([change('\ta\r\n', '\tb\r\n')], plainStyle(80))).toContain('\n-\ta\n+\tb\n');
  });

  it.each(HOSTILE_NAMES)('is inert: %j', (name) => {
    const file = { ...change('a\n', 'b\n', name), before: Buffer.from(`${name}\n`), after: Buffer.from('x\n') };
    expect(diffText([file], plainStyle(80))).not.toMatch(OBEYED);
  });

  it('colours Python within lines, and never takes the colour from what is added or removed', () => {
    const [before, after] = ['def f():\n    return "a"  # why\nx = 1\n', 'def f():\n    return "b"  # why\nx = 1\n'];
    const file = { ...change(before, after, 'a.py') };
    const text = diffText([file], colourStyle(80), highlightPython).replaceAll('\u001b', '');
    expect(text.split('\n').slice(3)).toEqual([
      '[2m@@ -1,3 +1,3 @@[22m',
      ' [1mdef[22m f():',
      '[31m-    [1mreturn[22m "a"  [2m# why[22m[39m',
      '[32m+    [1mreturn[22m "b"  [2m# why[22m[39m',
      ' x = [36m1[39m',
      '',
    ]);
  });

  it('colours a string over several lines from its beginning, of each side its own', () => {
    const doc = (text: string) => `x = """\nif\n${text}\n"""\ny = 1\n`;
    const text = diffText([change(doc('a'), doc('b'), 'a.py')], colourStyle(80), highlightPython);
    expect(text).toContain('\n \u001b[33mif\u001b[39m\n');
  });

  it('says the same without colours, whatever is highlighted', () => {
    const files = [
      change('\tif x:\r\n  "é\u202e" # \u001b[2J\n', 'def', 'a.py'),
      change(null, 'class A: pass\n', 'b.py'),
    ];
    const plain = diffText(files, plainStyle(80));
    expect(diffText(files, plainStyle(80), highlightPython)).toBe(plain);
    expect(diffText(files, colourStyle(80), highlightPython).replace(/\u001b\[\d+m/g, '')).toBe(plain);
  });

  it.each(HOSTILE_NAMES)('is inert with colours too: %j', (name) => {
    const file = { ...change(`"${name}" # ${name}\n`, `f'{${name}}'\n`, 'a.py') };
    const text = diffText([file], colourStyle(80), highlightPython);
    expect(text.replace(/\u001b\[(?:1|2|22|3[1236]|39)m/g, '')).not.toMatch(OBEYED);
  });
});
