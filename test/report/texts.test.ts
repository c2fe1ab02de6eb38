/** Problems, tables, usages and Markdown: whole texts at two widths, and hostile text in each. */
import { describe, expect, it } from 'vitest';
import { problem } from '../../src/core/problems.js';
import { dossierMarkdown } from '../../src/report/markdown.js';
import { problemsText } from '../../src/report/problems-text.js';
import { colourStyle, plainStyle } from '../../src/report/style.js';
import { table } from '../../src/report/table.js';
import { usagesText } from '../../src/report/usages-text.js';
import { percent, shellWord } from '../../src/report/words.js';
import {
  batch,
  comparison,
  decision,
  HOSTILE_NAMES,
  mention,
  OBEYED,
  plan,
  reference,
  refusal,
  unknown,
  usage,
} from './support.js';

describe('problems', () => {
  it('say what, where, and what to do', () => {
    const place = { path: 'a.py', line: 3, column: 7 };
    const problems = [
      problem('dirty-file', 'a.py has changes', {
        place,
        hint: 'git stash is not needed: commit them; or leave a.py out',
      }),
      problem('slow', 'no place', { severity: 'warning' }),
      problem('note', 'a path', { severity: 'info', place: 'b.py' }),
    ];
    expect(problemsText(problems, plainStyle(60))).toMatchInlineSnapshot(`
      "error[dirty-file]: a.py has changes
        --> a.py:3:7
        hint: git stash is not needed: commit them
              or leave a.py out

      warning[slow]: no place

      info[note]: a path
        --> b.py
      "
    `);
  });

  it('wrap their sentences, never their commands', () => {
    const hint = `regraft compare ${'long/'.repeat(20)}x.py y.py`;
    const text = problemsText([problem('c', 'many words '.repeat(20).trim(), { hint })], plainStyle(60));
    expect(text.split('\n').filter((line) => line.length > 60)).toEqual([`  hint: ${hint}`]);
  });

  it('print nothing when there are none', () => {
    expect(problemsText([], plainStyle(60))).toBe('');
  });

  it('colour by severity', () => {
    expect(problemsText([problem('c', 'm')], colourStyle(60))).toContain('\u001b[31merror[c]');
  });

  it.each(HOSTILE_NAMES)('are inert: %j', (name) => {
    expect(problemsText([problem(name, name, { place: name, hint: name })], plainStyle(60))).not.toMatch(OBEYED);
  });
});

describe('tables', () => {
  it('align numbers to the right and shorten the widest text', () => {
    const rows = [
      ['path', 'lines'],
      ['a/very/long/path/of/a/module.py', '1,092'],
      ['b.py', '7'],
    ];
    expect(table(rows, { width: 24, align: ['left', 'right'] })).toEqual([
      'path               lines',
      'a/very/long/path…  1,092',
      'b.py                   7',
    ]);
  });

  it('leave no blanks at the end and keep empty rows', () => {
    expect(table([['a', ''], [], ['bcd', 'e']], { width: 20, indent: '  ' })).toEqual(['  a', '', '  bcd  e']);
  });

  it('do not count escape sequences', () => {
    const paint = (cell: string) => `\u001b[1m${cell}\u001b[0m`;
    expect(
      table(
        [
          ['a', 'b'],
          ['cd', 'e'],
        ],
        { width: 20, paint },
      )[0],
    ).toBe('\u001b[1ma\u001b[0m   \u001b[1mb\u001b[0m');
  });

  it('keep letters beyond the BMP whole', () => {
    expect(table([['🎉'.repeat(20)]], { width: 9 })).toEqual([`${'🎉'.repeat(8)}…`]);
  });
});

describe('words', () => {
  it.each([
    [1, '100.0 %'],
    [0.9999, '99.9 %'],
    [0.965, '96.5 %'],
    [0, '0.0 %'],
    [0.29, '29.0 %'],
  ])('%d is %s', (share, text) => {
    expect(percent(share)).toBe(text);
  });

  it.each([
    ['a/b_c.py', 'a/b_c.py'],
    ['', "''"],
    ['a b', "'a b'"],
    ["it's", "'it'\\''s'"],
    ['$(x)', "'$(x)'"],
    ['-rf', "'-rf'"],
  ])('%j for a shell is %s', (word, text) => {
    expect(shellWord(word)).toBe(text);
  });
});

const USED = usage({
  verdict: 'used',
  usages: [
    reference('pkg/__init__.py', 3),
    reference('tests/test_x.py', 12, 'from', 'lazy'),
    { ...mention('scripts/run.sh', 2, 'build', 'reference'), text: 'python -m pkg.x_robust' },
    ...[1, 2, 3, 4, 5, 6, 7].map((line) => mention('docs/plan.md', line, 'docs', 'mention')),
  ],
  unknowns: [unknown('scripts/health.py', 27)],
});

describe('usages', () => {
  it('fit 100 columns', () => {
    expect(usagesText([USED], plainStyle(100))).toMatchInlineSnapshot(`
      "✗ pkg.x_robust  used
        pkg/x_robust.py: 3 references in 3 files, 1 unknown, 7 mentions
        also known as Top.pkg.x_robust

        import statements (1)
          pkg/__init__.py:3  from pkg.x_robust import run

        lazy imports (1)
          tests/test_x.py:12  from pkg.x_robust import run

        config and build (1)
          scripts/run.sh:2  likely: python -m pkg.x_robust

        unknown (1)
          scripts/health.py:27  import_module(name)
            ? imports a computed name

        mentions, nothing breaks without them (7)
          docs/plan.md:1  see pkg/x_robust.py
          docs/plan.md:2  see pkg/x_robust.py
          docs/plan.md:3  see pkg/x_robust.py
          docs/plan.md:4  see pkg/x_robust.py
          docs/plan.md:5  see pkg/x_robust.py
          and 2 more: --format json shows all

        how it is reached: regraft why pkg/x_robust.py
      "
    `);
  });

  it('fit 60 columns', () => {
    const text = usagesText([USED], plainStyle(60));
    expect(text.split('\n').filter((line) => [...line].length > 60)).toEqual([]);
  });

  it('name the verdict', () => {
    expect(usagesText([usage()], plainStyle(100))).toContain(
      '✓ pkg.x_robust  unused\n  pkg/x_robust.py: 0 references, 0 unknowns, 0 mentions\n',
    );
    const unclear = usage({ verdict: 'unknown', unknowns: [unknown('a.py', 1)] });
    expect(usagesText([unclear], plainStyle(100))).toContain('? pkg.x_robust  unknown\n');
  });

  it.each(HOSTILE_NAMES)('are inert: %j', (name) => {
    const hostile = usage({
      target: { key: name, path: name, name, dottedNames: [name, name] },
      usages: [
        { ...reference(name, 1), text: name },
        { ...mention(name, 1, 'docs', 'mention'), text: name },
      ],
      unknowns: [{ ...unknown(name, 1, name), text: name }],
    });
    expect(usagesText([hostile], plainStyle(60))).not.toMatch(OBEYED);
    expect(usagesText([hostile], colourStyle(100)).replace(/\u001b\[\d+m/g, '')).not.toMatch(OBEYED);
  });
});

describe('Markdown', () => {
  const input = {
    decisions: [
      decision({ usage: USED, accepted: [refusal('dynamic-import', 'a.py', 1)] }),
      decision({
        decision: 'refuse',
        refusals: [refusal('body-differs', 'b.py', 4, "'__init__' differs, see #12 @someone")],
      }),
    ],
    plan: plan([batch(['pkg/__init__.py'], ['pkg/x_robust.py'])]),
    applied: false,
    command: 'regraft dedupe pkg',
  };

  it('is a dossier in tables', () => {
    expect(dossierMarkdown(input)).toMatchInlineSnapshot(`
      "## Duplicate modules

      **Plan: 1 to rewrite, 1 to delete, 932 lines fewer; 1 of 2 pairs refused.**

      |  | Kept | Duplicate | Outcome | Contents | Similar | Lines kept | Lines of duplicate |
      | --- | --- | --- | --- | --- | --: | --: | --: |
      | ✓ | <code>pkg/x.py</code> | <code>pkg/x_robust.py</code> | would be deleted | identical | 100.0 % | 932 | 932 |
      | ✗ | <code>pkg/x.py</code> | <code>pkg/x_robust.py</code> | refused | identical | 100.0 % | 932 | 932 |

      ### ✓ <code>pkg/x_robust.py</code>

      |  | Reference | Count | First place |
      | --- | --- | --: | --- |
      | ✓ | import statements | 1 | <code>pkg/&#95;&#95;init&#95;&#95;.py&#58;3</code> |
      | ✓ | lazy imports | 1 | <code>tests/test_x.py&#58;12</code> |
      | ✓ | config and build | 1 | <code>scripts/run.sh&#58;2</code> |
      | ? | computed imports | 1 | <code>scripts/health.py&#58;27</code> imports a computed name |
      | · | mentions, left as they are | 7 | <code>docs/plan.md&#58;1</code> |

      Not found: guarded imports, typing imports, attribute chains, dynamic imports, strings, paths, notebooks, data, JavaScript.

      - **accepted** <code>dynamic-import</code>: stands in the way at <code>a.py&#58;1&#58;5</code>

      ### ✗ <code>pkg/x_robust.py</code>

      Not found: import statements, lazy imports, guarded imports, typing imports, attribute chains, dynamic imports, strings, config and build, paths, notebooks, data, JavaScript.

      - **refused** <code>body-differs</code>: '&#95;&#95;init&#95;&#95;' differs, see &#35;&#8203;12 &#64;&#8203;someone at <code>b.py&#58;4&#58;5</code><br>hint: <code>look at it; or --accept body-differs&#58;b.py</code>

      ### Files that would change (~ rewritten, &#45; deleted)

      - ~ <code>pkg/&#95;&#95;init&#95;&#95;.py</code>
      - &#45; <code>pkg/x_robust.py</code>

      To do it: <code>regraft dedupe pkg --apply</code><br>
      After looking, to accept what was refused of pkg/x_robust.py: <code>regraft dedupe pkg --accept body-differs&#58;b.py</code>
      "
    `);
  });

  it.each([
    ...HOSTILE_NAMES,
    'www.example.com',
    'https://example.com',
    '#12',
    'GH-12',
    ':smile:',
    '$x$',
    '![x](y)',
    '&lt;',
  ])('is inert: %j', (name) => {
    const hostile = (text: string) =>
      dossierMarkdown({
        ...input,
        decisions: [
          decision({
            keep: text,
            remove: text,
            decision: 'refuse',
            comparison: comparison({
              symbols: { same: [], changed: [], onlyKeep: [text], onlyRemove: [], renamed: [] },
            }),
            usage: usage({ usages: [reference(text, 1)], unknowns: [unknown(text, 1, text)] }),
            refusals: [refusal('dynamic-import', text, 1, text)],
          }),
        ],
        plan: plan([batch([text], [])]),
        command: `regraft dedupe ${text}`,
      });
    const text = hostile(name);
    expect(text).not.toMatch(OBEYED);
    // What is left when harmless words and entities go must be the same as for a harmless name.
    const structure = (markdown: string) =>
      markdown.replace(/&#\d+;|[\p{L}\p{N}]_(?=[\p{L}\p{N}])/gu, 'e').replace(/[\p{L}\p{N}%+=;,.()'?/ -]+/gu, ' ');
    expect(structure(text)).toBe(structure(hostile('plain')));
    expect(text.replace(/<code>.*?<\/code>/g, '')).not.toMatch(/www\.|https?:|GH-\d|@/);
  });
});
