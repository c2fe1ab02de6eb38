/** Recipes and maps as people write them: what they mean, and what is said about those that cannot be read. */
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../src/core/model.js';
import { RegraftError } from '../../src/core/problems.js';
import { parseMap, parseRecipe } from '../../src/core/recipe.js';

function problemsOf(read: () => unknown): readonly Problem[] {
  try {
    read();
  } catch (error) {
    if (error instanceof RegraftError) return error.problems;
    throw error;
  }
  throw new Error('it was read');
}

/** `line:column message | hint` of each problem. */
const said = (text: string) =>
  problemsOf(() => parseRecipe('r.yaml', text)).map(
    ({ line, column, message, hint }) => `${line}:${column} ${message}${hint ? ` | ${hint}` : ''}`,
  );

const EXAMPLE = `# yaml-language-server: $schema=https://example.invalid/recipe.schema.json
verify: ["python -m unittest discover -q"]
phases:
  - name: delete the _robust duplicates
    dedupe: { paths: [integration], suffix: _robust, accept: [body-differs] }
    accept: loses-symbols
    batch-size: 4
  - name: integration tiers
    move:
      integration/cross_system_analytics.py: integration/analytics/cross_system.py
      integration/predictive_analytics_engine.py: integration/analytics/predictive.py
    shims: true
    with-tests: true
    rewrite: docs/a.md:3
    verify: [pytest -q, make]
  - name: one workflow system
    merge: { from: [a.py, b.py], into: c.py }
`;

describe('a recipe', () => {
  it('is phases with what each does, defaults filled in, each with its place', () => {
    const recipe = parseRecipe('r.yaml', EXAMPLE);
    expect(recipe.verify).toEqual(['python -m unittest discover -q']);
    expect(recipe.phases).toEqual([
      {
        name: 'delete the _robust duplicates',
        kind: 'dedupe',
        place: { path: 'r.yaml', line: 5, column: 5 },
        verify: [],
        accept: ['loses-symbols', 'body-differs'],
        paths: ['integration'],
        suffixes: ['_robust'],
        pairs: [],
        batchSize: 4,
      },
      {
        name: 'integration tiers',
        kind: 'move',
        place: { path: 'r.yaml', line: 9, column: 5 },
        verify: ['pytest -q', 'make'],
        accept: [],
        moves: [
          { from: 'integration/cross_system_analytics.py', to: 'integration/analytics/cross_system.py' },
          { from: 'integration/predictive_analytics_engine.py', to: 'integration/analytics/predictive.py' },
        ],
        shims: true,
        withTests: true,
        prune: false,
        rewrite: ['docs/a.md:3'],
        batchSize: 0,
      },
      {
        name: 'one workflow system',
        kind: 'merge',
        place: { path: 'r.yaml', line: 17, column: 5 },
        verify: [],
        accept: [],
        from: ['a.py', 'b.py'],
        into: 'c.py',
        conflicts: 'refuse',
        rename: [],
        keep: [],
        shims: false,
        rewrite: [],
      },
    ]);
  });

  it('may be JSON, with the same places', () => {
    const text =
      '{\n\t"$schema": "x",\n\t"phases": [\n\t\t{ "name": "a", "move": [{ "from": "a.py", "to": "b.py" }] }\n\t]\n}\n';
    expect(parseRecipe('r.json', text).phases).toMatchObject([
      { kind: 'move', moves: [{ from: 'a.py', to: 'b.py' }], place: { line: 4 } },
    ]);
    expect(said(text.replace('"move"', '"moves"'))[0]).toContain("4:18 'moves' is not known here | did you mean move?");
  });

  it('takes one text where a list may stand, and pairs in two spellings', () => {
    const text = (pairs: string) => `phases:\n  - {name: a, dedupe: {paths: pkg, pairs: ${pairs}}}\n`;
    const expected = { paths: ['pkg'], pairs: [{ remove: 'x_old.py', keep: 'x.py' }] };
    expect(parseRecipe('r', text('{x_old.py: x.py}')).phases).toMatchObject([expected]);
    expect(parseRecipe('r', text('[{remove: x_old.py, keep: x.py}]')).phases).toMatchObject([expected]);
  });
});

describe('a recipe that cannot be read', () => {
  const phase = (body: string) => `phases:\n  - name: a\n${body}`;
  it.each<[what: string, text: string, expected: string[]]>([
    ['empty', '', ['1:1 the file must be a mapping']],
    ['no phases', 'verify: x\n', ["1:1 'phases' is missing"]],
    ['an empty list of phases', 'phases: []\n', ["1:9 'phases' does not fit: a recipe needs at least one phase"]],
    [
      'a misspelt key at the top',
      'phase: []\nphases: [{name: a, move: {a: b}}]\n',
      ["1:1 'phase' is not known here | did you mean phases?"],
    ],
    ['a misspelt kind', phase('    dedup: {}\n'), ["3:5 'dedup' is not known here | did you mean dedupe?"]],
    [
      'a misspelt key in a duplicate phase',
      phase('    dedupe:\n      sufix: _x\n'),
      ["4:7 'sufix' is not known here | did you mean suffix?"],
    ],
    [
      'an unknown key that is near to none',
      phase('    dedupe: {zzzzzzzz: 1}\n'),
      ["3:14 'zzzzzzzz' is not known here | known here: paths, suffix, pairs, accept"],
    ],
    [
      'no operation',
      phase('    shims: true\n'),
      ["2:5 phase 'a' says nothing to do | give it one of dedupe, move, merge, transform"],
    ],
    [
      'two operations',
      phase('    move: {a: b}\n    dedupe: {}\n'),
      ["2:5 phase 'a' does several things: dedupe, move | give it one of dedupe, move, merge, transform"],
    ],
    [
      'an option of another operation',
      phase('    dedupe: {}\n    shims: true\n'),
      ["4:5 'shims' means nothing in a phase of dedupe | it belongs to a phase that moves"],
    ],
    [
      'yes, which is no boolean',
      phase('    move: {a: b}\n    shims: yes\n'),
      ["4:12 'shims' must be true or false | yes, no, on and off are texts in YAML 1.2"],
    ],
    ['a number for a path', phase('    move: {a: 3}\n'), ["3:15 'a' must be a text"]],
    ['a text for a map', phase('    move: a.py\n'), ["3:11 'move' must be a mapping or a list"]],
    ['a number in a list of texts', phase('    dedupe: {paths: [a, 1]}\n'), ["3:25 'paths' number 2 must be a text"]],
    [
      'a misspelt entry of a list of moves',
      phase('    move: [{from: a, too: b}]\n'),
      ["3:12 'to' is missing", "3:22 'too' is not known here | did you mean to?"],
    ],
    [
      'a batch of nothing',
      phase('    dedupe: {}\n    batch-size: 0\n'),
      ["4:17 'batch-size' does not fit: a batch holds at least one"],
    ],
    ['half a batch', phase('    dedupe: {}\n    batch-size: 1.5\n'), ["4:17 'batch-size' must be a whole number"]],
    ['a phase without a name', 'phases:\n  - move: {a: b}\n', ["2:5 'name' is missing"]],
    [
      'an unknown key and a wrong value at once',
      'x: 1\nphases: [{name: 3, move: {a: b}}]\n',
      ["1:1 'x' is not known here | known here: $schema, verify, phases", "2:17 'name' must be a text"],
    ],
    [
      'a key that stands twice',
      phase('    move: {a: b}\n    move: {c: d}\n'),
      ["4:5 'move' stands here twice | keep one"],
    ],
    [
      'a source that stands twice',
      phase('    move:\n      a.py: b.py\n      a.py: c.py\n'),
      ["5:7 'a.py' stands here twice | keep one"],
    ],
    [
      'a key that JavaScript would lose',
      phase('    move: {__proto__: b}\n'),
      ["3:12 '__proto__' is no key that can be used"],
    ],
    [
      'a tag',
      phase('    move: {a: !!python/object:os.system x}\n'),
      ['3:15 Unresolved tag: tag:yaml.org,2002:python/object:os.system | tags (!name) have no meaning here'],
    ],
    [
      'two documents',
      'phases: []\n---\nphases: []\n',
      ['2:1 a second document begins here | one file holds one document'],
    ],
    ['tabs', 'phases:\n\t- name: a\n', ['2:1 Tabs are not allowed as indentation | indent with spaces']],
  ])('%s', (_, text, expected) => {
    expect(said(text)).toEqual(expected);
  });

  it('names the file in every problem', () => {
    const problems = problemsOf(() => parseRecipe('some/r.yaml', 'x: 1\n'));
    expect(problems.map(({ code, path }) => [code, path])).toEqual([
      ['bad-recipe', 'some/r.yaml'],
      ['bad-recipe', 'some/r.yaml'],
    ]);
  });
});

describe('a hostile file', () => {
  const refusedFast = (text: string) => {
    const start = performance.now();
    const [first] = problemsOf(() => parseRecipe('r.yaml', text));
    expect(performance.now() - start).toBeLessThan(5000);
    return first?.message;
  };

  it.each([
    ['aliases of aliases', laughs(9), /alias/],
    ['an alias of what holds it', 'phases: &a [*a]\n', /mapping/],
    ['open brackets', '['.repeat(200_000), /open brackets/],
    ['open braces', '{"a":'.repeat(60_000), /open brackets/],
    ['lists in lists on one line', `${'- '.repeat(20_000)}x`, /indented too deeply/],
    [
      'maps in maps, each deeper',
      Array.from({ length: 500 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
      /indented too deeply/,
    ],
    ['a megabyte and more', `# ${'x'.repeat(1_100_000)}`, /larger than 1 MiB/],
  ])('%s is refused at once', (_, text, message) => {
    expect(refusedFast(text)).toMatch(message);
  });

  it('of many thousand moves is read all the same', () => {
    const text = Array.from({ length: 5000 }, (_, i) => `a/m${i}.py: b/m${i}.py`).join('\n');
    const start = performance.now();
    expect(parseMap('m.yaml', text)).toHaveLength(5000);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

/** Each line nine times the one before. */
function laughs(lines: number): string {
  const line = (i: number) =>
    `a${i}: &a${i} [${Array(9)
      .fill(i === 0 ? 'x' : `*a${i - 1}`)
      .join(',')}]`;
  return Array.from({ length: lines }, (_, i) => line(i)).join('\n');
}

describe('a map of moves', () => {
  it('is FROM: TO or a list, in YAML or JSON', () => {
    const moves = [
      { from: 'a.py', to: 'b.py' },
      { from: 'p', to: 'q/' },
    ];
    expect(parseMap('m', 'a.py: b.py\np: q/ # a directory\n')).toEqual(moves);
    expect(parseMap('m', '{"a.py": "b.py", "p": "q/"}')).toEqual(moves);
    expect(parseMap('m', '- {from: a.py, to: b.py}\n- {from: p, to: q/}\n')).toEqual(moves);
  });

  it('keeps keys that look like numbers or names of objects', () => {
    expect(parseMap('m', '1: a.py\nconstructor: b.py\n')).toEqual([
      { from: '1', to: 'a.py' },
      { from: 'constructor', to: 'b.py' },
    ]);
  });

  it('is refused with the place', () => {
    const [first] = problemsOf(() => parseMap('m.yaml', 'a.py: b.py\nc.py: [d.py]\n'));
    expect(first).toMatchObject({
      code: 'bad-map',
      path: 'm.yaml',
      line: 2,
      column: 7,
      message: "'c.py' must be a text",
    });
  });
});
