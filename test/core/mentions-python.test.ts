import { describe, expect, test } from 'vitest';
import type { Facts, StringLiteral } from '../../src/core/facts.js';
import { findPythonMentions } from '../../src/core/mentions.js';
import { brief, RUNNER, X } from './mentions-support.js';

const D = 'dotted integration.x_robust';
const P = 'path integration/x_robust.py';
const N = 'name x_robust possible leave';

type Given = Partial<Pick<StringLiteral, 'callee' | 'argument' | 'role' | 'interpolated'>> & { dynamic?: boolean };

/** The text marks one literal with `«»`; with `‹›` a comment. */
function python(marked: string, given: Given = {}): string[] {
  const [open, close] = marked.includes('«') ? ['«', '»'] : ['‹', '›'];
  const start = marked.indexOf(open);
  const text = marked.replace(open, '').replace(close, '');
  const span = { start, end: marked.indexOf(close) - 1 };
  const { dynamic, ...rest } = given;
  const literal = {
    span,
    line: 1,
    scope: 0,
    callee: null,
    argument: null,
    role: 'other',
    interpolated: false,
    ...rest,
  };
  const facts = {
    strings: open === '«' ? [literal as StringLiteral] : [],
    comments: open === '‹' ? [span] : [],
    dynamics: dynamic ? [{ name: { kind: 'literal', value: '', span } }] : [],
  } as unknown as Facts;
  return findPythonMentions({ path: 'a.py', text }, facts, [X, RUNNER]).map((m) => `${m.class} ${brief(text, m)}`);
}

const IMPORTED = `string ${D}`;
const first = (callee: string): Given => ({ callee, argument: 0 });

const PYTHON_CASES: readonly (readonly [string, Given, string | readonly string[]])[] = [
  ['patch("«integration.x_robust.f»")', first('mock.patch'), `${IMPORTED}|.f certain rewrite`],
  ['patch("«integration.x_robust.f»")', first('patch'), `${IMPORTED}|.f certain rewrite`],
  ['patch.dict("«integration.x_robust.D»")', first('patch.dict'), `${IMPORTED}|.D certain rewrite`],
  ['m("«integration.x_robust.f»")', first('monkeypatch.setattr'), `${IMPORTED}|.f certain rewrite`],
  ['m("«integration.x_robust»")', first('pytest.importorskip'), `${IMPORTED} certain rewrite`],
  ['m("«integration.x_robust»")', first('importlib.import_module'), `${IMPORTED} certain rewrite`],
  ['m("«runner»")', first('import_module'), 'string dotted runner certain rewrite'],
  ['m("«runner»")', first('open'), 'string name runner possible leave'],
  ['m("«integration.x_robust»")', first('__import__'), `${IMPORTED} certain rewrite`],
  [
    'm(f"«integration.x_robust.{n}»")',
    { ...first('patch'), interpolated: true },
    `${IMPORTED} likely block string-reference`,
  ],
  [
    'm(a, "«integration.x_robust.f»")',
    { callee: 'patch', argument: 1 },
    `${IMPORTED}|.f likely block string-reference`,
  ],
  ['sys.modules["«integration.x_robust»"]', { dynamic: true }, `${IMPORTED} certain rewrite`],
  ['pytest_plugins = ["a", "«integration.x_robust»"]', {}, `${IMPORTED} certain rewrite`],
  ['pytest_plugins = [\n  "a",\n  "«integration.x_robust»",\n]', {}, `${IMPORTED} certain rewrite`],
  ['pytest_plugins = ["a"]\nx = "«integration.x_robust»"', {}, `${IMPORTED} likely block string-reference`],
  ['x = "«integration.x_robust:app»"', {}, `${IMPORTED}|:app certain rewrite`],
  ['x = ["python", "-m", "«integration.x_robust»"]', {}, `${IMPORTED} certain rewrite`],
  [
    'run(["python", "-m", "unittest", "«integration.x_robust»"])',
    first('subprocess.run'),
    `${IMPORTED} certain rewrite`,
  ],
  ['run(["x", "«integration.x_robust»"])', first('subprocess.run'), `${IMPORTED} likely block string-reference`],
  ['patch("«x_robust.f»")', first('mock.patch'), 'string name x_robust likely block string-reference'],
  ['patch("integration" "«.x_robust.f»")', first('mock.patch'), 'string name x_robust likely block string-reference'],
  ['import_module("«.x_robust»", "integration")', { ...first('import_module'), dynamic: true }, `string ${N}`],
  ['patch("«other.x_robust.f»")', first('mock.patch'), `string ${N}`],
  ['x("«python -m integration.x_robust -v»")', first('os.system'), `${IMPORTED} certain rewrite`],
  ['x = "«integration.x_robust»"', {}, `${IMPORTED} likely block string-reference`],
  ['x = "«integration.x_robust.C»"', {}, `${IMPORTED}|.C likely block string-reference`],
  ['x = "«see integration.x_robust»"', {}, `${IMPORTED} likely block string-reference`],
  ['x = "«integration/x_robust.py»"', {}, `string ${P} likely block path-reference`],
  ["x = r'«integration\\x_robust.py»'", {}, 'string path integration\\x_robust.py likely block path-reference'],
  ['x = "«x_robust.py»"', {}, 'string path x_robust.py likely block path-reference'],
  ['x = "«x_robust»"', {}, `string ${N}`],
  ['x = "«.x_robust»"', {}, `string ${N}`],
  ['x = "«the x_robust»"', {}, `string ${N}`],
  ['log("«integration.x_robust»")', first('logging.getLogger'), `${IMPORTED} possible leave`],
  ['x: "«integration.x_robust.C»"', { role: 'annotation' }, `${IMPORTED}|.C possible leave`],
  ['__all__ = ["«x_robust»"]', { role: 'export' }, `string ${N}`],
  ['"""«See integration.x_robust.»"""', { role: 'docstring' }, `comment ${D} possible leave`],
  ['"""«\n>>> import integration.x_robust\n»"""', { role: 'docstring' }, `comment ${D} certain rewrite`],
  ['"""«\n  >>> from integration.x_robust import f\n»"""', { role: 'docstring' }, `comment ${D} certain rewrite`],
  ['"""«\n>>> integration.x_robust.f()\n»"""', { role: 'docstring' }, `comment ${D}|.f likely block string-reference`],
  ['‹# integration.x_robust›', {}, `comment ${D} possible leave`],
  ['‹# x_robust.py›', {}, 'comment path x_robust.py possible leave'],
  ['import integration.x_robust; x = "«a»"', {}, []],
];

describe('findPythonMentions', () => {
  test.each(PYTHON_CASES)('%j', (marked, given, expected) => {
    expect(python(marked, given)).toEqual(typeof expected === 'string' ? [expected] : expected);
  });

  test('takes the innermost of nested literals, and none for code between them', () => {
    const text = `f"{d['x_robust']} x_robust" ; x_robust`;
    const literal = (start: number, end: number, callee: string | null) =>
      ({ span: { start, end }, line: 1, scope: 0, callee, argument: 0, role: 'other', interpolated: false }) as const;
    const strings = [literal(2, 26, null), literal(6, 14, 'inner')];
    const found = findPythonMentions({ path: 'a.py', text }, { strings, comments: [], dynamics: [] }, [X]);
    expect(found.map((m) => [m.span.start, m.reason.includes('whole')])).toEqual([
      [6, true],
      [18, false],
    ]);
  });
});
