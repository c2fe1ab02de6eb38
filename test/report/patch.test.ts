/** Patches are judged by git itself: applied in a repository, the bytes, names and modes must be the wanted ones. */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { diffText, type FileChange, patchText } from '../../src/report/patch.js';
import { plainStyle } from '../../src/report/style.js';
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
  for (const { path, mode, before } of changes) {
    if (before === null) continue;
    mkdirSync(dirname(join(top, path)), { recursive: true });
    writeFileSync(join(top, path), before);
    chmodSync(join(top, path), mode === '100755' ? 0o755 : 0o644);
  }
  git(['add', '-A']);
  git(['apply', '--index', '--whitespace=nowarn'], patchText(changes));
  return top;
}

function expectApplied(changes: readonly FileChange[]): void {
  const top = applied(changes);
  for (const { path, after, mode } of changes) {
    if (after === null) expect(existsSync(join(top, path))).toBe(false);
    else {
      expect(readFileSync(join(top, path)).toString('latin1')).toBe(Buffer.from(after).toString('latin1'));
      expect(statSync(join(top, path)).mode & 0o111).toBe(mode === '100755' ? 0o111 : 0);
    }
  }
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

  it('keeps tabs and drops carriage returns at line ends', () => {
    expect(diffText([change('\ta\r\n', '\tb\r\n')], plainStyle(80))).toContain('\n-\ta\n+\tb\n');
  });

  it.each(HOSTILE_NAMES)('is inert: %j', (name) => {
    const file = { ...change('a\n', 'b\n', name), before: Buffer.from(`${name}\n`), after: Buffer.from('x\n') };
    expect(diffText([file], plainStyle(80))).not.toMatch(OBEYED);
  });
});
