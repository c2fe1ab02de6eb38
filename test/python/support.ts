/** Facts of a source text from every engine that loads here, and facts in the short notation of the tests. */
import type { DynamicImport, Facts } from '../../src/core/facts.js';
import type { Skim } from '../../src/core/skim.js';
import { lineIndex, lineStarts } from '../../src/core/text.js';
import { extractFacts } from '../../src/python/facts.js';
import { type EngineName, loadParser, type Parser } from '../../src/python/parser.js';

/** An engine, or why it does not load on this machine. */
export async function engine(name: EngineName): Promise<Parser | string> {
  try {
    return await loadParser(name);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

export const ENGINES: readonly Parser[] = (await Promise.all([engine('native'), engine('wasm')])).filter(
  (each) => typeof each !== 'string',
);

/** Facts by one engine. */
export function factsOf(source: string, parser: Parser = ENGINES[0] as Parser): Facts {
  return extractFacts(source, parser.parse(source));
}

/** `2 lazy: from .p import a as b`; one line for each statement, in document order. */
export function importLines({ imports }: Pick<Facts, 'imports'> | Pick<Skim, 'imports'>): string[] {
  return imports.map(({ kind, level, module, names, line, when }) => {
    const listed = names.map(({ name, alias }) => (alias === null ? name : `${name} as ${alias}`)).join(', ');
    const from = `from ${'.'.repeat(level)}${module} `;
    return `${line} ${when}: ${kind === 'import' ? '' : from}import ${kind === 'star' ? '*' : listed}`;
  });
}

/** `function 3: a, b/loop, c?`: names bound by scope in document order, the kind after `/` unless assignment, `?` for conditional ones. */
export function scopeLines(source: string, { scopes }: Facts): string[] {
  const starts = lineStarts(source);
  return scopes.map(({ kind, span, bindings }) => {
    const names = [...bindings]
      .sort((a, b) => a.span.start - b.span.start)
      .map((each) => {
        const how = each.kind === 'assignment' ? '' : `/${each.kind}`;
        return `${each.name}${how}${each.conditional ? '?' : ''}`;
      });
    return `${kind} ${lineIndex(starts, span.start) + 1}: ${names.join(', ')}`;
  });
}

/** `a.b.c` for each use; `=` marks a store, `-` a deletion, quotes a string annotation. Sorted by place. */
export function useList({ uses }: Facts): string[] {
  const inOrder = [...uses].sort((a, b) => a.span.start - b.span.start);
  return inOrder.map(({ name, attributes, context, quoted }) => {
    const dotted = [name, ...attributes.map((attribute) => attribute.name)].join('.');
    const mark = context === 'store' ? '=' : context === 'delete' ? '-' : '';
    return mark + (quoted ? `'${dotted}'` : dotted);
  });
}

/** `import_module a.b`, `exec open`, `__import__ a.*`, `import_module .x <- own`, `runpy {a | b}`. */
export function dynamicLines({ dynamics }: Pick<Facts, 'dynamics'> | Pick<Skim, 'dynamics'>): string[] {
  return dynamics.map(({ form, name, anchor, when }) => {
    const from = anchor === null ? '' : ` <- ${anchor.kind === 'literal' ? anchor.value : anchor.kind}`;
    return `${form} ${nameText(name)}${from}${when === 'runtime' ? '' : ` (${when})`}`;
  });
}

function nameText(name: DynamicImport['name']): string {
  if (name.kind === 'literal') return name.value;
  if (name.kind === 'choices') return `{${name.values.join(' | ')}}`;
  return name.kind === 'partial' ? `${name.prefix}*${name.suffix}` : 'open';
}

/** `role callee[argument]: text` for each string. */
export function stringLines(source: string, { strings }: Facts): string[] {
  return strings.map(({ span, role, callee, argument, interpolated }) => {
    const owner = callee === null ? '' : ` ${callee}[${argument}]`;
    return `${role}${owner}: ${interpolated ? 'f ' : ''}${source.slice(span.start, span.end)}`;
  });
}
