import { describe, expect, test } from 'vitest';
import { blankMagics } from '../../src/core/magics.js';
import { notebookCells } from '../../src/core/notebook.js';

const code = (source: unknown) => ({ cell_type: 'code', source });
const notebook = (cells: unknown, extra = {}) => JSON.stringify({ cells, ...extra }, null, 1);

function sources(text: string): string[] | string {
  const result = notebookCells(text);
  return 'unreadable' in result ? result.unreadable : result.cells.map((cell) => cell.source);
}

const CASES: readonly (readonly [string, string, string[] | string])[] = [
  ['a string', notebook([code('import a\nb')]), ['import a\nb']],
  ['lines', notebook([code(['import a\n', 'b'])]), ['import a\nb']],
  ['no lines', notebook([code([]), code('')]), ['', '']],
  ['markdown skipped', notebook([{ cell_type: 'markdown', source: 'x' }, code('y')]), ['y']],
  ['escapes', '{"cells":[{"cell_type":"code","source":"a\\t\\"\\\\\\u0041\\uD83D\\uDE00\\/"}]}', ['a\t"\\A\u{1F600}/']],
  ['source before type', '{"cells":[{"source":"s","cell_type":"code"}]}', ['s']],
  [
    'outputs are not source',
    notebook([{ cell_type: 'code', outputs: [{ source: 'no', text: ['"'] }], source: 'y' }]),
    ['y'],
  ],
  ['source elsewhere', notebook([code('y')], { metadata: { cells: [code('no')], source: 'no' } }), ['y']],
  ['repeated key', '{"cells":[{"cell_type":"code","source":["a","b"],"source":"c"}]}', ['c']],
  [
    'repeated cells',
    '{"cells":[{"cell_type":"code","source":"a"}],"cells":[{"cell_type":"code","source":"b"}]}',
    ['b'],
  ],
  ['escaped key', '{"cells":[{"cell_type":"code","\\u0073ource":"a"}]}', ['a']],
  ['prototype names', '{"__proto__":{"cells":[]},"cells":[{"constructor":1,"cell_type":"code","source":"a"}]}', ['a']],
  ['another language', notebook([code('x <- 1')], { metadata: { language_info: { name: 'R' } } }), []],
  ['python by kernel', notebook([code('x')], { metadata: { kernelspec: { language: 'python' } } }), ['x']],
  ['not JSON', '{"cells":[', 'not valid JSON'],
  ['trailing text', '{"cells":[]} x', 'not valid JSON'],
  ['control character', '{"cells":["\n"]}', 'not valid JSON'],
  ['no cells', '{"worksheets":[]}', 'not a notebook of format 4: it has no list of cells'],
  ['inherited cells', '{"__proto__":{"cells":[]}}', 'not a notebook of format 4: it has no list of cells'],
  ['an array', '[]', 'not a notebook of format 4: it has no list of cells'],
  ['null', 'null', 'not a notebook of format 4: it has no list of cells'],
  ['odd source', notebook([code(['a', 1])]), 'cell 1 has no readable source'],
  ['no source', notebook([{ cell_type: 'code' }]), 'cell 1 has no readable source'],
];

describe('notebookCells', () => {
  test.each(CASES)('%s', (_, text, expected) => expect(sources(text)).toEqual(expected));

  test('is not recursive', () => {
    const deep = `{"m":${'['.repeat(4000)}${']'.repeat(4000)},"cells":[{"cell_type":"code","source":"a"}]}`;
    expect(sources(deep)).toEqual(['a']);
  });

  test.each([['"from a\\u002ex import y\\n", "q = \\"x\\"\\n"'], ['"\\ud83d\\ude00 x", "\u{1F600} x\\\\", "", "x"']])(
    'an edit of the source is an edit of the raw text: %s',
    (list) => {
      const raw = `{"cells": [{"cell_type": "code", "source": [${list}]}], "z": "x"}`;
      const result = notebookCells(raw);
      const cell = 'cells' in result ? result.cells[0] : undefined;
      const source = cell?.source ?? '';
      const spans = [...source.matchAll(/x/g)].map((m) => cell?.spanToFile({ start: m.index, end: m.index + 1 }));
      let edited = raw;
      for (const { start, end } of spans.map((span) => span ?? { start: 0, end: 0 }).reverse())
        edited = `${edited.slice(0, start)}NEW${edited.slice(end)}`;
      expect(JSON.parse(edited)).toEqual({
        cells: [{ cell_type: 'code', source: JSON.parse(`[${list}]`).map((s: string) => s.replaceAll('x', 'NEW')) }],
        z: 'x',
      });
    },
  );

  test('the end of the source is the closing quote', () => {
    const raw = '{"cells":[{"cell_type":"code","source":"ab"}]}';
    const result = notebookCells(raw);
    expect('cells' in result && raw[result.cells[0]?.toFile(2) ?? 0]).toBe('"');
  });
});

const MAGICS: readonly (readonly [string, string])[] = [
  ['import a\n', 'import a\n'],
  ['%matplotlib inline\nimport a', '#matplotlib inline\nimport a'],
  ['  !pip install a\nb', '  #pip install a\nb'],
  ['!pip install \\\n  a\nb', '#pip install \\\n  #\nb'],
  ['x = !ls\ny', 'x = 0#s\ny'],
  ['x = %who\ny', 'x = 0#ho\ny'],
  ['x = !\ny', 'x = 0\ny'],
  ['%time import a', '0    ;import a'],
  ['%timeit -n 3 f()', '#timeit -n 3 f()'],
  ['?a.b', '#a.b'],
  ['a.b??\nc', '#.b??\nc'],
  ['%%bash\necho 1\n\n\u{1F600}', '#%bash\n#cho 1\n\n# '],
  ['\n%%time\nimport a', '\n#%time\nimport a'],
  ['x = (a\n  % b)', 'x = (a\n  % b)'],
  ['x = a \\\n  % b', 'x = a \\\n  % b'],
  ['x = """\n%d\n!x\n"""\n!y', 'x = """\n%d\n!x\n"""\n#y'],
  ["x = '['\n%a", "x = '['\n#a"],
  ['x # (\n%a', 'x # (\n#a'],
  ['a != b\na % b', 'a != b\na % b'],
  ['%a\r\nb\r\n', '#a\r\nb\r\n'],
];

describe('blankMagics', () => {
  test.each(MAGICS)('%j', (source, expected) => {
    expect(blankMagics(source)).toBe(expected);
    expect(expected).toHaveLength(source.length);
  });
});
