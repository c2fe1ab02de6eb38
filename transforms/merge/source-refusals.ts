/** What keeps a module from becoming part of another, whatever the other is. */
import type { Codebase, PythonUnit } from '../../src/core/codebase.js';
import type { Binding, NameUse } from '../../src/core/facts.js';
import type { Problem, Span } from '../../src/core/model.js';
import { isPackageInit } from '../../src/core/paths.js';
import { problem } from '../../src/core/problems.js';
import type { Block } from '../../src/core/program.js';
import { bindingsOf } from '../../src/core/scopes.js';
import { bracketAround } from './brackets.js';
import type { MergedNames, Source } from './model.js';

/** Refusals by what is asked for, before anything is read. */
export function inputProblems(codebase: Codebase, sources: readonly string[], into: string): Problem[] {
  const found = sources.flatMap((path) => unsuited(codebase, path));
  if (isPackageInit(into) || !into.endsWith('.py'))
    found.push(
      problem('not-a-module', `${into} is no place for a module`, {
        place: into,
        hint: 'name a file that ends in .py',
      }),
    );
  if (new Set(sources).size !== sources.length)
    found.push(problem('same-source', 'one module is named twice', { place: into, hint: 'name each module once' }));
  if (sources.length < 2)
    found.push(
      problem('usage', 'one module alone cannot be merged', {
        place: into,
        hint: 'name at least two, or use regraft move',
      }),
    );
  return found;
}

function unsuited({ snapshot }: Codebase, path: string): Problem[] {
  const say = (code: string, message: string, hint: string) => [problem(code, message, { place: path, hint })];
  const entry = snapshot.entry(path);
  if (!entry) return say('no-such-source', `there is no file ${path} in the repository`, 'name a tracked file');
  if (isPackageInit(path))
    return say('not-a-module', `${path} is a package`, 'merge its modules, or move them out first');
  if (!path.endsWith('.py')) return say('not-a-module', `${path} is no Python module`, 'name files that end in .py');
  if (!entry.tracked) return say('untracked', `${path} is not tracked by git`, 'git add it, or take it away');
  if (entry.mode === '120000') return say('not-a-file', `${path} is a symbolic link`, 'name the file that it leads to');
  if (snapshot.entry(`${path}i`))
    return say('has-stub', `${path} has a stub beside it`, 'merge the stubs by hand first');
  return [];
}

/** @param first whether the module's docstring is that of the merged one */
export function contentProblems(codebase: Codebase, source: Source, first: boolean): Problem[] {
  const { path, unit, outline } = source;
  if (unit.facts.syntaxErrors.length > 0 || !outline.parses)
    return [problem('syntax-error', `${path} does not parse`, { place: path, hint: 'repair it first' })];
  const at = (use: NameUse) => ({ path, ...codebase.place(path, unit.toFile(use.span.start)) });
  return unit.facts.uses
    .flatMap((use) => {
      const refusal = reason(source, use, first);
      return refusal ? [problem(refusal.code, refusal.message, { place: at(use), hint: refusal.hint })] : [];
    })
    .concat(moduleFunctions(source), mayFail(source));
}

function reason(
  { unit, path }: Source,
  use: NameUse,
  first: boolean,
): { code: string; message: string; hint: string } | null {
  if (use.context !== 'load' || bindingsOf(unit.facts, use.scope, use.name).scope !== -1) return null;
  if (isNamespace(unit, use) && purposeOf(unit, use) === 'any')
    return {
      code: 'namespace-by-value',
      message: `${use.name}() gives the names of ${path}, and would give those of all`,
      hint: 'write the names out first',
    };
  if (use.name === '__doc__' && !first)
    return {
      code: 'reads-docstring',
      message: `the docstring of ${path} is read here, and becomes a comment`,
      hint: 'merge into this module, or put the text into a name of its own',
    };
  return null;
}

function isNamespace({ text }: PythonUnit, { name, scope, span }: NameUse): boolean {
  const isOfModule = ['locals', 'vars', 'dir'].includes(name) && scope === 0;
  return name === 'globals' || (isOfModule && /^\s*\(\s*\)/.test(text.slice(span.end, span.end + 40)));
}

/** An import function takes nothing but the package from it, a template only names that it spells. */
function purposeOf({ text }: PythonUnit, { span }: NameUse): 'import' | 'template' | 'any' {
  const before = text.slice(Math.max(0, span.start - 300), span.start);
  if (/\b__import__\s*$/.test(bracketAround(before).head)) return 'import';
  const isWhole = /^\s*\(\s*\)\s*(?![\w.[(])/.test(text.slice(span.end, span.end + 40));
  return isWhole && /(?:\.format\(\s*\*\*|["']\s*%\s*)$/.test(before) ? 'template' : 'any';
}

/** Names that templates spell keep their names. */
export function templateProblems(codebase: Codebase, sources: readonly Source[], names: MergedNames): Problem[] {
  return sources.flatMap(({ path, unit }) => {
    const renamed = names.entries().find((each) => each.path === path && each.name !== each.to);
    const use = unit.facts.uses.find((each) => isNamespace(unit, each) && purposeOf(unit, each) === 'template');
    if (!renamed || !use) return [];
    const message = `a text is filled with names of ${path} here, and '${renamed.name}' would be '${renamed.to}'`;
    const place = { path, ...codebase.place(path, unit.toFile(use.span.start)) };
    return [problem('namespace-by-value', message, { place, hint: 'write the names out first' })];
  });
}

/** `__getattr__` and `__dir__` speak for a whole module. */
function moduleFunctions({ path, unit, outline }: Source): Problem[] {
  const own = outline.symbols.filter(({ owner, qualname }) => owner === null && /^__(?:getattr|dir)__/.test(qualname));
  const found = own.map(({ qualname, line }) => {
    const hint = 'such a module stays by itself';
    return problem('module-getattr', `${qualname} of ${path} would answer for the other modules as well`, {
      place: { path, line, column: 1 },
      hint,
    });
  });
  const itself = /\bmodules\[\s*__name__\s*\]/.exec(unit.text);
  if (itself)
    found.push(
      problem('namespace-by-value', `${path} takes itself as a value`, {
        place: path,
        hint: 'such a module stays by itself',
      }),
    );
  return found;
}

/**
 * Importing the module may fail on purpose: then importing the merged one does, for everybody. A condition on nothing but the
 * module's own names comes out as it always did.
 */
function mayFail({ path, unit, outline }: Source): Problem[] {
  const { text } = unit;
  const asserted = outline.statements.filter(({ span }) => /^assert\b/.test(text.slice(span.start, span.end)));
  const raising = outline.statements.filter(
    ({ span }) => /^if\b/.test(text.slice(span.start, span.end)) && raises(unit, span),
  );
  return [...asserted, ...raising].flatMap(({ span }) => {
    if (!asksOutside(unit, span)) return [];
    const line = text.slice(0, span.start).split(/\r\n|\r|\n/).length;
    const message = `importing ${path} fails on purpose where this does not hold, and then importing the merged module would`;
    const hint = 'such a module stays by itself';
    return [problem('import-may-fail', message, { place: { path, line, column: 1 }, hint })];
  });
}

/** A `raise` in the statement runs when the module is imported, handlers aside. */
function raises({ facts, text }: PythonUnit, { start, end }: Span): boolean {
  const first = text.slice(0, start).split(/\r\n|\r|\n/).length;
  const last = first + text.slice(start, end).split(/\r\n|\r|\n/).length;
  return raiseLines(facts.program).some((line) => first <= line && line < last);
}

function raiseLines(block: Block): number[] {
  return block.flatMap((step) => {
    if (step.kind === 'raise') return [step.line];
    if (step.kind === 'if') return [...raiseLines(step.yes), ...raiseLines(step.no)];
    return step.kind === 'with' || step.kind === 'loop' ? raiseLines(step.body) : [];
  });
}

/** The statement looks at something imported that may be another elsewhere. */
function asksOutside({ facts }: PythonUnit, { start, end }: Span): boolean {
  const within = facts.uses.filter(({ span }) => start <= span.start && span.end <= end);
  const isTold = ({ imported }: Binding) => {
    const statement = imported && facts.imports[imported.statement];
    const names = statement?.kind === 'import' ? statement.names.map(({ name }) => name) : [statement?.module ?? ''];
    return statement !== undefined && !(statement.level === 0 && names.every((name) => EVERYWHERE.test(name)));
  };
  return within.some((use) => bindingsOf(facts, use.scope, use.name).bindings.some(isTold));
}

/** Modules of the standard library that answer alike on every machine. */
const EVERYWHERE =
  /^(?:abc|collections|contextlib|copy|dataclasses|datetime|decimal|enum|fractions|functools|inspect|itertools|json|math|numbers|operator|re|string|textwrap|types|typing)(?:\.|$)/;

/** The merged module is written in the encoding of the first. */
export function encodingProblems(codebase: Codebase, [first, ...others]: readonly Source[]): Problem[] {
  const text = first ? codebase.text(first.path) : null;
  if (!first || !text || 'undecodable' in text || text.encoding !== 'latin-1') return [];
  return others.flatMap(({ path, unit }) => {
    const foreign = /[^\0-\xff]/u.exec(unit.text);
    if (!foreign) return [];
    const message = `${first.path} is Latin-1 and cannot hold '${foreign[0]}'`;
    const place = { path, ...codebase.place(path, unit.toFile(foreign.index)) };
    return [problem('not-encodable', message, { place, hint: 'name a module in UTF-8 first, or merge into one' })];
  });
}

/** At most one module can be a program: its code under `__name__` ends the merged one. */
export function mainProblems(sources: readonly Source[]): Problem[] {
  const programs = sources.filter(({ outline }) => outline.statements.some(({ kind }) => kind === 'main'));
  const [first, ...others] = programs;
  return others.map(({ path }) => {
    const hint = 'move one of them into a script of its own';
    return problem(
      'several-programs',
      `${path} and ${first?.path} can both be run, and the merged module only as one`,
      { place: path, hint },
    );
  });
}
