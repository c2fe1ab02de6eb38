import { expect, it } from 'vitest';
import { renamingHazard } from '../../src/core/renaming.js';
import { draw } from '../support/tree.js';

/** Whether `x_robust` can become `x` at the top of `run.py` (or in the scope of a kind). */
async function check(text: string, safe: boolean, scopeKind = 'module') {
  const { linker, codebase } = await draw({ 'p/__init__.py': '', 'p/x.py': '', 'p/x_robust.py': '', 'run.py': text });
  const unit = codebase.unitOrNone('run.py');
  if (!unit) throw new Error('run.py cannot be read');
  const scope = unit.facts.scopes.findIndex(({ kind }) => kind === scopeKind);
  const renaming = { unit, scope, from: 'x_robust', to: 'x', keeper: 'p/x.py', target: 'p/x_robust.py' };
  expect(renamingHazard(linker, renaming) === null).toBe(safe);
}

it('a plain use is safe', () => check('from p import x_robust\nx_robust.f()\n', true));
it('the new name may already be the keeper', () => check('from p import x, x_robust\nx_robust.f()\n', true));
it('the new name means something else', () => check('from p import x_robust\nx = 1\n', false));
it('the old name means something else as well', () =>
  check('from p import x_robust\nx_robust = x_robust or 1\n', false));
it('a local catches the new name where the old is used', () =>
  check('from p import x_robust\ndef g(x): return x_robust.f(x)\n', false));
it('a local elsewhere does no harm', () => check('from p import x_robust\ndef g(x): return x\nx_robust.f\n', true));
it('a builtin or star name of the new name is caught', () => check('from p import x_robust\nprint(x)\n', false));
it('declared global', () => check('from p import x_robust\ndef g():\n  global x_robust\n', false));
it('spelled in a string', () => check('from p import x_robust\nglobals()["x_robust"]\n', false));
it('both exported', () => check('from p import x, x_robust\n__all__ = ["x", "x_robust"]\n', false));
it('in a function', () => check('def g():\n  from p import x_robust\n  return x_robust.f\n', true, 'function'));
it('in a function whose enclosing file has the new name', () =>
  check('x = 1\ndef g():\n  from p import x_robust\n  return x_robust.f(x)\n', false, 'function'));
