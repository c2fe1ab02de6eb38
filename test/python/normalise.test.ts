/** The normal form against CPython's own syntax trees: equal exactly where `ast.dump` is equal, docstrings aside. */

import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { normalForm } from '../../src/python/normalise.js';
import type { Parser } from '../../src/python/parser.js';
import { LONG } from '../support/long.js';
import { ENGINES } from './support.js';

const hasPython = spawnSync('python3', ['--version']).status === 0;

function formOf(source: string, parser: Parser = ENGINES[0] as Parser): string {
  return normalForm([parser.parse(source)], source).join('\n');
}

const EQUAL: readonly (readonly [string, string])[] = [
  ['f(a,\n  b,  # why\n)', 'f(a, b)'],
  ['x = (1 +\n     2)', 'x = 1 + \\\n 2'],
  ['a; b', 'a\nb'],
  ['if x: a', 'if x:\n\n    # so\n    a'],
  ["x = 'a'", 'x = "a"'],
  ["x = r'a'", "x = 'a'"],
  ["x = '''a'''", "x = 'a'"],
  ["x = 'a' 'b'", "x = 'ab'"],
  ["x = '\\x41\\u0042\\103\\\n'", "x = 'ABC'"],
  ['x = r"\\d"', "x = '\\\\d'"],
  ["x = f'{a}' 'b'", 'x = f"{a}b"'],
  ["x = f'{a=}'", "x = f'a={a!r}'"],
  ["x = f'{{{a:>{w}}'", 'x = f"{{{a:>{w}}"'],
  ["x = b'a' b'b'", "x = b'ab'"],
  ['x = 0x10', 'x = 16'],
  ['x = 1_000', 'x = 1000'],
  ['x = 1e3', 'x = 1000.0'],
  ['x = (((a)))', 'x = a'],
  ['x = (a * b) + c', 'x = a * b + c'],
  ['x = 1, 2', 'x = (1, 2,)'],
  ['a, b = c', '(a, b) = c'],
  ['x = y[1, 2]', 'x = y[(1, 2)]'],
  ['x = y[1:]', 'x = y[1::]'],
  ['for a, b in c: pass', 'for (a, b) in c: pass'],
  ['for a in 1, 2: pass', 'for a in (1, 2): pass'],
  ['return_ = (yield)', 'return_ = yield'],
  ['f(x for x in y)', 'f((x for x in y))'],
  ['f(a=1, *b)', 'f(*b, a=1)'],
  ['class A(): pass', 'class A: pass'],
  ['if a: b\nelif c: d\nelse: e', 'if a: b\nelse:\n    if c: d\n    else: e'],
  ['with (a as b, c as d): pass', 'with a as b, c as d: pass'],
  ['from a import (b,\n c)', 'from a import b, c'],
  ['from . a import b', 'from .a import b'],
  ['x = not(a)', 'x = not a'],
  ['del (a)', 'del a'],
  ['def f(a, b,): pass', 'def f(a, b): pass'],
  ['def f(a: (int) = (1)) -> (str): pass', 'def f(a: int=1) -> str: pass'],
  ['x: List[int, str] = 1', 'x: (List[(int, str)]) = 1'],
  ['match a, b:\n  case (c, d): pass', 'match (a, b):\n  case [c, d]: pass'],
  ['match a:\n  case (1): pass', 'match a:\n  case 1: pass'],
  ['x = a not  in b', 'x = a not in b'],
  ['ﬁ = 1', 'fi = 1'],
  ['@(a)\ndef f(): pass', '@a\n# b\ndef f(): pass'],
];

const DIFFERENT: readonly (readonly [string, string])[] = [
  ['x = (1,)', 'x = (1)'],
  ['x = y[1,]', 'x = y[1]'],
  ['x = a * (b + c)', 'x = a * b + c'],
  ['x = a - (b - c)', 'x = a - b - c'],
  ['x = (a and b) and c', 'x = a and b and c'],
  ['x = (a < b) < c', 'x = a < b < c'],
  ['x = (not a) in b', 'x = not a in b'],
  ['x = (-a) ** b', 'x = -a ** b'],
  ['x = (lambda: a)()', 'x = lambda: a()'],
  ["x = 'a'", "x = b'a'"],
  ["x = f'a{b}'", "x = 'a{b}'"],
  ["x = f'{a!r}'", "x = f'{a}'"],
  ["x = f'{a:>3}'", "x = f'{a:>4}'"],
  ["x = f'{{a}}'", "x = f'{a}'"],
  ["x = 'a\\n'", "x = r'a\\n'"],
  ["x = 'a', 'b'", "x = 'a' 'b'"],
  ['x = 1', 'x = 1.0'],
  ['x = 1', 'x = 1j'],
  ['x = 1', 'x = True'],
  ['x = []', 'x = {}'],
  ['x = {a}', 'x = [a]'],
  ['[a, b] = c', 'a, b = c'],
  ['del a, b', 'del (a, b)'],
  ['assert a, b', 'assert (a, b)'],
  ['f(a, b)', 'f((a, b))'],
  ['f(*a)', 'f(a)'],
  ['f(a=b)', 'f(a, b)'],
  ['x = y[1:2]', 'x = y[1::2]'],
  ['x = y[:1]', 'x = y[1:]'],
  ['def f(*, a): pass', 'def f(a): pass'],
  ['def f(a, /): pass', 'def f(a): pass'],
  ['def f(a=1): pass', 'def f(a): pass'],
  ['def f(*a): pass', 'def f(**a): pass'],
  ['async def f(): pass', 'def f(): pass'],
  ['from .a import b', 'from a import b'],
  ['from ..a import b', 'from .a import b'],
  ['import a as b', 'import a'],
  ['if a:\n  b\n  c', 'if a:\n  b\nc'],
  ['for a in b:\n  if c: break\nelse: d', 'for a in b:\n  if c: break\n  else: d'],
  ['try: a\nexcept* B: c', 'try: a\nexcept B: c'],
  ['with (a, b) as c: pass', 'with a, b as c: pass'],
  ['(x): int', 'x: int'],
  ['x = a is not b', 'x = a is (not b)'],
  ['x = yield a', 'x = yield from a'],
  ['raise a', 'raise a from None'],
  ['match a:\n  case (1,): pass', 'match a:\n  case 1: pass'],
  ['x = [a for a in b if c]', 'x = [a for a in b]'],
  ['x += 1', 'x = 1'],
  ['global a', 'nonlocal a'],
];

for (const parser of ENGINES) {
  describe(`normal form (${parser.engine})`, () => {
    it.each(EQUAL)('%j is %j', (a, b) => expect(formOf(a, parser)).toBe(formOf(b, parser)));
    it.each(DIFFERENT)('%j is not %j', (a, b) => expect(formOf(a, parser)).not.toBe(formOf(b, parser)));
  });
}

describe('normal form', () => {
  it('leaves docstrings out, at every level', () => {
    const plain = 'class A:\n    def f(self):\n        def g(): return 1\n        return g';
    const documented =
      '"""m"""\nclass A:\n    "a"\n    def f(self):\n        """f"""\n        def g():\n            "g"\n            return 1\n        return g';
    expect(formOf(documented)).toBe(formOf(plain));
    expect(formOf('def f(): "doc"')).toBe(formOf('def f(): pass'));
    expect(formOf('def f(): b"no doc"')).not.toBe(formOf('def f(): pass'));
    expect(formOf('def f():\n  a\n  "no doc"')).not.toBe(formOf('def f():\n  a'));
  });

  it('takes expressions of 50,000 terms', () => {
    const long = `x = ${Array(50_000).fill('a').join(' + ')}`;
    expect(formOf(long)).toBe(formOf(long.replaceAll(' + ', '+')));
    expect(formOf(long)).not.toBe(formOf(`${long} + b`));
  });
});

function python<T>(script: string, input: unknown): T {
  const run = spawnSync('python3', ['-I', '-c', script], { input: JSON.stringify(input), maxBuffer: 1 << 28 });
  if (run.status !== 0) throw new Error(run.stderr.toString());
  return JSON.parse(run.stdout.toString()) as T;
}

const DUMPS = `
import ast, json, sys
def same(a, b):
    try:
        return ast.dump(ast.parse(a)) == ast.dump(ast.parse(b))
    except SyntaxError:
        return None
print(json.dumps([same(a, b) for a, b in json.load(sys.stdin)]))
`;

/** Real functions: as written, as CPython writes them again, and with one thing changed. */
const FUNCTIONS = `
import ast, copy, json, os, random, sys
random.seed(1)
def bare(tree):
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and ast.get_docstring(node, False) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    return tree
OPERATORS = [(ast.Add, ast.Sub), (ast.Lt, ast.LtE), (ast.Eq, ast.NotEq), (ast.And, ast.Or), (ast.Is, ast.IsNot), (ast.In, ast.NotIn), (ast.Mult, ast.Div)]
def change(node):
    if isinstance(node, ast.Constant) and type(node.value) is int: node.value += 1; return True
    if isinstance(node, ast.Constant) and type(node.value) is str: node.value += 'x'; return True
    if isinstance(node, ast.Name): node.id += '_'; return True
    if isinstance(node, ast.Attribute): node.attr += '_'; return True
    if isinstance(node, (ast.If, ast.While, ast.IfExp)): node.test = ast.UnaryOp(ast.Not(), node.test); return True
    if isinstance(node, ast.Call) and node.args: node.args = node.args[:-1]; return True
    if isinstance(node, (ast.Tuple, ast.List)) and len(node.elts) > 1: node.elts.reverse(); return ast.dump(node.elts[0]) != ast.dump(node.elts[-1])
    if isinstance(node, ast.Return) and node.value is not None: node.value = None; return True
    if isinstance(node, ast.arguments) and node.defaults: node.defaults = node.defaults[:-1]; return True
    for field in ('op', 'ops'):
        value = getattr(node, field, None)
        first = value[0] if isinstance(value, list) and value else value
        for a, b in OPERATORS:
            if isinstance(first, (a, b)):
                new = b() if isinstance(first, a) else a()
                setattr(node, field, [new] + value[1:] if isinstance(value, list) else new)
                return True
    return False
def mutants(tree, most):
    size = len(list(ast.walk(tree)))
    found = []
    for index in random.sample(range(size), min(size, most * 4)):
        other = copy.deepcopy(tree)
        node = list(ast.walk(other))[index]
        if change(node):
            text = ast.unparse(other)
            try:
                if ast.dump(ast.parse(text)) != ast.dump(ast.parse(ast.unparse(tree))): found.append(text)
            except SyntaxError: pass
        if len(found) == most: break
    return found
out = []
base = os.path.dirname(os.__file__)
for name in json.load(sys.stdin):
    source = open(os.path.join(base, name), encoding='utf-8').read()
    for node in ast.parse(source).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef)):
            tree = bare(copy.deepcopy(node))
            written = ast.get_source_segment(source, node)
            if node.decorator_list:
                start = node.decorator_list[0].lineno - 1
                written = '\\n'.join(source.split('\\n')[start:node.end_lineno])
            out.append([name + ' ' + node.name, written, ast.unparse(tree), mutants(tree, 3)])
print(json.dumps(out))
`;

const ALL_MODULES = [
  'textwrap',
  'heapq',
  'shlex',
  'dataclasses',
  'functools',
  'fractions',
  'statistics',
  'difflib',
  'bisect',
];
const MODULES = LONG ? ALL_MODULES : ALL_MODULES.slice(0, 4);

describe.runIf(hasPython)('normal form and CPython', () => {
  it('agrees on every pair', () => {
    const pairs = [...EQUAL, ...DIFFERENT];
    const same = python<(boolean | null)[]>(DUMPS, pairs);
    const wrong = pairs.filter((_, i) => same[i] !== null && same[i] !== i < EQUAL.length);
    expect(wrong).toEqual([]);
    expect(same.filter((each) => each !== null).length).toBeGreaterThan(80);
  });

  it('takes real functions for equal to what CPython writes of them, and for different when one thing is changed', () => {
    const functions = python<[string, string, string, string[]][]>(
      FUNCTIONS,
      MODULES.map((name) => `${name}.py`),
    );
    const unequal = functions.filter(([, written, again]) => formOf(written) !== formOf(again)).map(([name]) => name);
    const unnoticed = functions.flatMap(([name, written, , mutants]) =>
      mutants.filter((mutant) => formOf(mutant) === formOf(written)).map((mutant) => `${name}: ${mutant}`),
    );
    expect(unequal).toEqual([]);
    expect(unnoticed).toEqual([]);
    expect(functions.length).toBeGreaterThan(LONG ? 100 : 40);
    expect(functions.flatMap(([, , , mutants]) => mutants).length).toBeGreaterThan(LONG ? 200 : 80);
  });
});
