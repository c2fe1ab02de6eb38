/** The skim of a file as its full facts have it: what the skim of tokens must agree with, and what stands in for it. */
import type { DynamicImport, Facts, StringLiteral } from '../core/facts.js';
import type { Span } from '../core/model.js';
import { couldCompleteName, couldNameModule, type Skim, type SkimmedDynamic } from '../core/skim.js';
import { lineIndex, lineStarts } from '../core/text.js';
import { LogicalLine } from './skim/logical-line.js';
import { type Marks, markLine } from './skim/marks.js';

/** @param text the text that the facts were read from */
export function condense(facts: Facts, text: string): Skim {
  const marks = marksOf(text);
  const strings = inSourceOrder(facts.strings);
  const isBroken = facts.syntaxErrors.length > 0;
  const error = facts.syntaxErrors[0];
  return {
    brokenAt: error ? lineIndex(lineStarts(text), error.start) + 1 : null,
    imports: facts.imports.map(({ kind, line, when, scope, level, module, names }) => ({
      kind,
      line,
      when,
      atTop: scope === 0,
      level,
      module,
      names: names.map(({ name, alias, line: own }) => ({ name, alias, line: own })),
    })),
    bindings: inSourceOrder(facts.scopes[0]?.bindings ?? []).map(({ name, conditional, imported }) => ({
      name,
      conditional,
      ...(imported ? { imported } : {}),
    })),
    exports: facts.exports && { names: facts.exports.names.map(({ name }) => name), complete: facts.exports.complete },
    dynamics: skimmedDynamics(facts),
    strings: strings
      .filter((each) => each.role === 'other' && !each.interpolated)
      .flatMap((literal) => {
        const value = text.slice(literal.span.start, literal.span.end);
        return couldNameModule(value) ? [{ value, line: literal.line, atTop: isAtTop(facts, literal) }] : [];
      }),
    words: facts.dynamics.some(isUnfinished) ? wordsOf(strings, text) : [],
    bindsByValue: isBroken || facts.dynamics.some(bindsNames) || marks.bindsByValue,
    registersModules: marks.registersModules,
  };
}

/** In source order; of calls that begin at one place, the inner first. */
export function skimmedDynamics({ dynamics }: Pick<Facts, 'dynamics'>): SkimmedDynamic[] {
  const inOrder = [...dynamics].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  return inOrder.map(({ form, line, when, name, anchor }) => {
    return { form, line, when, name: name.kind === 'literal' ? { ...name, span: null } : name, anchor };
  });
}

/** Code that is computed may bind any name, and so may a module's `__getattr__`. */
export function bindsNames({ form }: Pick<DynamicImport, 'form'>): boolean {
  return form === 'module-getattr' || form === 'exec';
}

/** In no function and no class: what lambdas and comprehensions at the top hold is the module's own. */
function isAtTop({ scopes }: Facts, { scope }: StringLiteral): boolean {
  let here = scopes[scope];
  while (here?.kind === 'lambda' || here?.kind === 'comprehension') here = scopes[here.parent];
  return here === undefined || here.kind === 'module';
}

/** A computed name of which only a part is known, or nothing. */
export function isUnfinished({ name }: Pick<DynamicImport, 'name'>): boolean {
  return name.kind === 'open' || name.kind === 'partial';
}

/** The walk over a tree comes to values before their targets, to the last default first, and to handlers before what they guard. */
function inSourceOrder<T extends { readonly span: Span }>(found: readonly T[]): T[] {
  return [...found].sort((a, b) => a.span.start - b.span.start);
}

function wordsOf(strings: readonly StringLiteral[], text: string): string[] {
  const words = new Set<string>();
  for (const { span } of strings) {
    const value = span.end - span.start < 200 ? text.slice(span.start, span.end) : '';
    if (couldCompleteName(value)) words.add(value);
  }
  return [...words];
}

/** As far as the text can be cut into tokens. */
function marksOf(text: string): Marks {
  const marks = { bindsByValue: false, registersModules: false };
  const line = new LogicalLine(text);
  while (line.read()) markLine(line, marks);
  if (!line.isSound) marks.registersModules ||= /\bsys\.modules\b|\bmeta_path\b/.test(text);
  return marks;
}
