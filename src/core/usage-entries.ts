/** One line of evidence as people see it, made from a reference in code, a mention in text, or an attribute of that name. */
import type { Codebase, PythonUnit } from './codebase.js';
import type { Confidence, Mention } from './mentions.js';
import type { Place } from './model.js';
import type { ModuleReference } from './references.js';

/** One reference as people see it. */
export interface Usage extends Place {
  /** The source line, trimmed, at most 200 UTF-16 units. */
  readonly text: string;
  /** `import`, `from`, `star`, `attribute`, `name`, `dynamic`, `implicit`, or the class of a mention. */
  readonly class: string;
  readonly confidence: Confidence;
  /** Something that breaks when the module goes; a mere mention does not. */
  readonly effect: 'reference' | 'mention';
  readonly reason: string;
  readonly source: { readonly reference: ModuleReference } | { readonly mention: Mention };
}

const CLASSES: Readonly<Record<ModuleReference['site']['kind'], string>> = {
  'from-module': 'from',
  'from-name': 'from',
  import: 'import',
  attribute: 'attribute',
  'bound-name': 'name',
  dynamic: 'dynamic',
  implicit: 'implicit',
};

/** A reference in code. */
export function referenceUsage(codebase: Codebase, unit: PythonUnit, reference: ModuleReference): Usage {
  const offset = unit.toFile(reference.span.start);
  const { site } = reference;
  return {
    path: unit.path,
    ...codebase.place(unit.path, offset),
    text: codebase.lineText(unit.path, offset),
    class: site.kind === 'from-module' && site.statement.kind === 'star' ? 'star' : CLASSES[site.kind],
    confidence: reference.guessed ? 'likely' : 'certain',
    effect: 'reference',
    reason: reference.when === 'runtime' ? 'Python code' : `Python code (${reference.when})`,
    source: { reference },
  };
}

/** A judged occurrence in a text. */
export function mentionUsage(mention: Mention): Usage {
  const { path, line, column, text, confidence, effect, reason } = mention;
  return { path, line, column, text, class: mention.class, confidence, effect, reason, source: { mention } };
}

/** A literal given to an import function is found twice, as code and as a string; the code says more. */
export function withoutDoubles(usages: readonly Usage[]): Usage[] {
  const spans = usages.flatMap(({ path, line, column, source }) =>
    'reference' in source && source.reference.site.kind === 'dynamic'
      ? [{ path, line, column, end: column + source.reference.span.end - source.reference.span.start }]
      : [],
  );
  const isDouble = (usage: Usage) =>
    spans.some(
      ({ path, line, column, end }) =>
        path === usage.path && line === usage.line && column <= usage.column && usage.column < end,
    );
  return usages.filter((usage) => 'reference' in usage.source || !isDouble(usage));
}

/** By place. */
export function sorted<T extends Place>(items: readonly T[]): T[] {
  return [...items].sort((a, b) =>
    a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line || a.column - b.column,
  );
}
