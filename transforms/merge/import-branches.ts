/** Branches that modules begin with: imports with what stands in for them, flags that say what is there. */
import { bindingsOf } from '../../src/core/scopes.js';
import type { Source } from './model.js';
import { sectionsOf } from './segments.js';

/** The branch that alone binds a name, without layout and comments; `null` where there is none among the first imports. */
export function importBranchOf(source: Source, name: string): string | null {
  const { facts, text } = source.unit;
  const { bindings } = bindingsOf(facts, 0, name);
  const branch = sectionsOf(source).imports.find(
    ({ span, statements }) =>
      statements[0]?.kind === 'imports' &&
      bindings.every((each) => span.start <= each.span.start && each.span.end <= span.end),
  );
  return branch ? withoutLayout(text.slice(branch.span.start, branch.span.end)) : null;
}

export function withoutLayout(text: string): string {
  return text
    .replace(/#[^\r\n]*/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
