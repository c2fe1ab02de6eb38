/**
 * Names in a transformed file that nothing gives any more, or never gave: Python would raise a NameError. Where a name
 * could come from in a way that the text does not tell, nothing is said.
 */
import type { Codebase, PythonUnit } from '../codebase.js';
import type { Facts, NameUse } from '../facts.js';
import { BUILTINS } from '../import-order/known-names.js';
import type { Linker } from '../linker.js';
import type { Problem } from '../model.js';
import { isPackageInit } from '../paths.js';
import { problem } from '../problems.js';
import { bindingsOf } from '../scopes.js';
import { unreachedNames } from './unreached.js';

/** What IPython gives to the cells of a notebook. */
const IN_NOTEBOOKS: ReadonlySet<string> = new Set('display In Out _oh _ih _dh __ ___ _i _ii _iii'.split(' '));

/** A line of IPython's own, as cells are read; a comment without a blank may be one. */
const MAGIC = /^[ \t]*#[\w%]/m;

/** Why a name means nothing; `null` where it means something, or may. */
type Fate = 'nothing' | 'typing' | 'unreached' | null;

type Check = (old: PythonUnit | undefined, now: PythonUnit) => Problem[];

export function looseNames(before: Linker, after: Linker): Check {
  const isBuiltIn = knownBuiltIns(after.codebase);
  return (old, now) => {
    const fate = fates(after, now);
    const fateBefore = old ? fates(before, old) : () => null;
    const wasSo = (name: string) => old?.facts.uses.some((use) => use.name === name && fateBefore(use) !== null);
    const found = new Map<string, Problem>();
    for (const use of now.facts.uses) {
      const { name } = use;
      const is = found.has(name) ? null : fate(use);
      if (is === null || wasSo(name)) continue;
      const wasKnown = old !== undefined && isKnown(before, old, name);
      if (is === 'nothing' && !wasKnown && (mayBeMeant(after, now, use) || isBuiltIn(name))) continue;
      found.set(name, told(after.codebase, now, use, is, wasKnown));
    }
    return [...found.values()];
  };
}

function told(codebase: Codebase, now: PythonUnit, { name, span }: NameUse, fate: Fate, wasKnown: boolean): Problem {
  const place = { path: now.path, ...codebase.place(now.path, now.toFile(span.start)) };
  if (fate === 'typing') {
    const hint = 'import it for run time as well, or use it in annotations only';
    return problem('check-binding', `'${name}' would be there for type checkers only`, { place, hint });
  }
  if (fate === 'unreached') {
    const hint = 'let the transform take the whole try statement';
    return problem('check-binding', `'${name}' would be bound by a handler only that is never reached`, {
      place,
      hint,
    });
  }
  const what = wasKnown ? 'no longer be bound' : 'mean nothing';
  const hint = 'let the transform import it: py.addImport';
  return problem('check-binding', `'${name}' would ${what} here`, { place, hint });
}

function fates(linker: Linker, unit: PythonUnit): (use: NameUse) => Fate {
  const { facts } = unit;
  const unreached = unreachedNames(unit);
  // Nothing of a stub runs.
  const isStub = unit.path.endsWith('.pyi');
  return (use) => {
    const { name, scope, typing } = use;
    const { scope: owner, bindings } = bindingsOf(facts, scope, name);
    if (owner === -1)
      return BUILTINS.has(name) || isGiven(linker, unit, name) || isTyped(facts, use) ? null : 'nothing';
    if (owner === 0 && unreached.has(name)) return 'unreached';
    const isForCheckers = bindings.every(
      ({ imported }) => imported && facts.imports[imported.statement]?.when === 'typing',
    );
    return isForCheckers && !typing && !isStub ? 'typing' : null;
  };
}

/** By a parameter of a type, which stands in brackets before what uses it: `def f[T](x: T)`. */
function isTyped({ scopes }: Facts, { name, span }: NameUse): boolean {
  const around = scopes.filter((scope) => scope.span.start <= span.start && span.end <= scope.span.end);
  return around.some(({ bindings }) => bindings.some((each) => each.kind === 'type-parameter' && each.name === name));
}

/** For the whole module, surely. */
function isKnown(linker: Linker, unit: PythonUnit, name: string): boolean {
  return unit.facts.scopes[0]?.bindings.some((each) => each.name === name) || isGiven(linker, unit, name);
}

/** By a star import, surely; or by whoever imports a module beside a package's own, which then is one of its names. */
function isGiven(linker: Linker, { path }: PythonUnit, name: string): boolean {
  const { kind } = isPackageInit(path) ? linker.member({ kind: 'package', path }, name) : linker.lookup(path, name);
  return kind !== 'missing' && kind !== 'unknown';
}

/** Of a name that nobody knew before: whether it could be one all the same, as far as its own file tells. */
function mayBeMeant(linker: Linker, { facts, path, text }: PythonUnit, { name, quoted }: NameUse): boolean {
  // Quoted annotations hold words that are no names, and half a tree holds half the bindings.
  if (quoted || facts.syntaxErrors.length > 0) return true;
  // A star import of what is not known, code that is computed, `globals()`.
  if (linker.lookup(path, name).kind === 'unknown' || facts.uses.some((use) => bindsByCall(facts, use))) return true;
  // Code that may run in IPython asks for it, inside of a `try`.
  if (name === 'get_ipython') return true;
  return path.endsWith('.ipynb') && (IN_NOTEBOOKS.has(name) || MAGIC.test(text));
}

/** `exec` of anything; `locals()` where that is the table of a module or a class. */
function bindsByCall({ scopes }: Facts, { name, scope }: NameUse): boolean {
  const { kind } = scopes[scope] ?? { kind: 'module' };
  return /^(?:exec|execfile)$/.test(name) || (name === 'locals' && (kind === 'module' || kind === 'class'));
}

/** Names that some file of the repository may have made built-in ones, as `gettext.install` does. */
function knownBuiltIns(codebase: Codebase): (name: string) => boolean {
  let makers: readonly PythonUnit[] | undefined;
  return (name) => {
    makers ??= codebase
      .pythonFiles()
      .filter(({ path }) => codebase.spells(path, ['builtin', 'gettext']))
      .flatMap(({ path }) => codebase.unitOrNone(path) ?? []);
    return makers.some((unit) => spellsAsValue(unit, name));
  };
}

function spellsAsValue({ facts, text }: PythonUnit, name: string): boolean {
  return (
    facts.uses.some(({ attributes, context }) => context === 'store' && attributes.at(-1)?.name === name) ||
    facts.strings.some(({ span }) => text.slice(span.start, span.end) === name)
  );
}
