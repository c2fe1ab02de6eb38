import { describe, expect, it } from 'vitest';
import { referencesIn } from '../../src/core/references.js';
import { draw, type Tree } from '../support/tree.js';

const PACKAGE: Tree = { 'p/__init__.py': '', 'p/m.py': 'f = 1\n' };

/** References of `run.py` to `p/m.py`: the kind of site, what its span covers, the names used, `via` the file that lends the name. */
async function check(text: string, expected: readonly string[], tree: Tree = {}) {
  const { linker, codebase } = await draw({ ...PACKAGE, ...tree, 'run.py': text });
  const unit = codebase.unitOrNone('run.py');
  if (!unit) throw new Error('run.py cannot be read');
  const found = referencesIn(linker, unit, new Set(['p/m.py'])).map(({ site, span, used, via }) => {
    const names = used === 'all' ? '*' : used.join(',');
    return `${site.kind} ${unit.text.slice(span.start, span.end)} [${names}]${via === null ? '' : ` via ${via}`}`;
  });
  expect(found).toEqual(expected);
}

describe('what a reference spans', () => {
  it('the module part of a from', () => check('from p.m import f, g as h\n', ['from-module p.m [f,g]']));
  it('one name of a list', () => check('from p import (a, m as n)\n', ['from-name m []']));
  it('a dotted name', () => check('import p.m as n\n', ['import p.m []']));
  it('the attribute alone', () => check('import p.m\np.m.f()\n', ['import p.m []', 'attribute m [f]']));
  it('the local name', () => check('from p import m as n\nn.f\n', ['from-name m []', 'bound-name n [f]']));
  it('a literal', () => check('import importlib\nimportlib.import_module("p.m")\n', ['dynamic p.m [*]']));
});

describe('what is used', () => {
  it('everything when the module itself goes elsewhere', () =>
    check('from p import m\ng(m)\n', ['from-name m []', 'bound-name m [*]']));
  it('nothing by del', () => check('from p import m\ndel m\n', ['from-name m []', 'bound-name m []']));
  it('what the star brings', () => check('from p.m import *\n', ['from-module p.m [f]']));
});

describe('via', () => {
  it("the module's own package is none", () => check('from p import m\n', ['from-name m []']));
  it('a file that binds it', () =>
    check('from q import n\nn.f\n', ['from-name n [] via q.py', 'bound-name n [f]'], { 'q.py': 'import p.m as n\n' }));
  it('an attribute of a file that binds it', () =>
    check('import q\nq.n.f\n', ['attribute n [f] via q.py'], { 'q.py': 'import p.m as n\n' }));
});
