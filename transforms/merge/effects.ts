/** Statements that change something outside of a module when it is imported: what is imported later may depend on them. */
import type { PythonUnit } from '../../src/core/codebase.js';
import type { NameUse } from '../../src/core/facts.js';
import type { Linker } from '../../src/core/linker.js';
import type { Problem } from '../../src/core/model.js';
import { problem } from '../../src/core/problems.js';
import { bindingsOf } from '../../src/core/scopes.js';
import { lineEnd, lineStart } from '../relocation/lines.js';
import { insideImports, type Source } from './model.js';

/** A call that nothing takes the result of, or an assignment to a part of something. */
const CHANGES = /^(?:\.\w+)*\s*(?:\(|\[[^\]\n]*\]\s*[-+*/|&^]?=(?!=)|(?<=\.\w+\s*)[-+*/|&^]?=(?!=))/;

export function changesOutside(source: Source): boolean {
  return effectsOf(source).length > 0;
}

/** Uses of imported names, and of functions of the module, that a line of the module's body begins with. */
function effectsOf({ unit, outline }: Source): NameUse[] {
  const programs = outline.statements.filter(({ kind }) => kind === 'main').map(({ span }) => span);
  return unit.facts.uses.filter((use) => {
    const { start, end } = use.span;
    if (use.scope !== 0 || use.context !== 'load' || programs.some((span) => span.start <= start && end <= span.end))
      return false;
    if (unit.text.slice(lineStart(unit.text, start), start).trim() !== '') return false;
    const after = unit.text.slice(end, end + 300);
    return CHANGES.test(after) && !/^\.getLogger\b/.test(after) && isOfOthers(unit, use, after);
  });
}

function isOfOthers({ facts }: PythonUnit, use: NameUse, after: string): boolean {
  const { bindings } = bindingsOf(facts, 0, use.name);
  const isCalled = /^\s*\(/.test(after);
  return bindings.some(({ imported, kind }) => imported !== undefined || (isCalled && kind === 'function'));
}

/** A module that changes something before it imports another one of them: that one's code would run too early. */
export function effectProblems(linker: Linker, sources: readonly Source[]): Problem[] {
  const isSource = (path: string) => sources.some((each) => each.path === path);
  return sources.flatMap((source) => {
    const { path, unit } = source;
    const [effect] = effectsOf(source);
    const later = insideImports(linker, unit, isSource).find(
      ({ statement }) =>
        statement.scope === 0 &&
        statement.when !== 'typing' &&
        statement.span.start > (effect?.span.start ?? Number.POSITIVE_INFINITY),
    );
    if (!effect || !later) return [];
    const written = unit.text.slice(effect.span.start, lineEnd(unit.text, effect.span.start)).trim();
    const message = `${path} does '${written}' before it imports ${later.inside.path}, whose code would come first`;
    const place = { path, ...linker.codebase.place(path, unit.toFile(effect.span.start)) };
    return [
      problem('merge-order', message, { place, hint: 'move this into a module of its own that both import first' }),
    ];
  });
}
