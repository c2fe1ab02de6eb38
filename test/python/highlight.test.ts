/** What is coloured in Python, told from tokens. */
import { expect, it } from 'vitest';
import { highlightPython } from '../../src/python/highlight.js';

/** `class:text` of each span. */
const spansOf = (text: string, path = 'a.py') =>
  highlightPython(path, text).map(({ start, end, class: own }) => `${own}:${text.slice(start, end)}`);

it.each<[text: string, spans: string[]]>([
  ['def f(x):  # why\n    return 1.5j\n', ['keyword:def', 'comment:# why', 'keyword:return', 'number:1.5j']],
  ['x = "# no comment"\n', ['string:"# no comment"']],
  ['"""a\nb"""\n# end', ['string:"""a\nb"""', 'comment:# end']],
  ['f(\n  # in brackets\n  None)\n', ['comment:# in brackets', 'keyword:None']],
  ['f"a{x if y else 1}b"', ['string:f"a{', 'keyword:if', 'keyword:else', 'number:1', 'string:b"']],
  ['match = case.type\n', []],
  ['x = \\\n  2\n', ['number:2']],
  ['', []],
  // No Python at all: as far as the tokens go.
  ['print "a" $ if', ['string:"a"', 'keyword:if']],
])('%j', (text, spans) => {
  expect(spansOf(text)).toEqual(spans);
});

it('reads no other language', () => {
  expect(spansOf('if 1', 'a.js')).toEqual([]);
  expect(spansOf('if 1', 'a.pyi')).toEqual(['keyword:if', 'number:1']);
});

it('gives spans in order, none over another', () => {
  const spans = highlightPython('a.py', 'def f():\n    """x"""  # y\n    return f"{1}{2}" + \'z\'  # w\n');
  expect(spans.length).toBeGreaterThan(8);
  spans.reduce((end, span) => {
    expect(span.start).toBeGreaterThanOrEqual(end);
    expect(span.end).toBeGreaterThan(span.start);
    return span.end;
  }, 0);
});
