/** One import symbol for each name that an import statement binds. */
import type { ImportTarget } from '../core/outline.js';
import { digest, meaningful } from './normalise.js';
import { NO_PARTS, type Parts } from './outline-parts.js';
import { childByField, childrenByField, type SyntaxNode } from './syntax.js';

interface ImportDraft {
  readonly name: string;
  readonly binds: readonly string[];
  readonly imported: ImportTarget;
  readonly parts: Parts;
}

export function importDrafts(statement: SyntaxNode, text: string): ImportDraft[] {
  const dotted = (node: SyntaxNode | undefined): string =>
    node ? text.slice(node.start, node.end).replace(/[\s\\]+/g, '') : '';
  const names = childrenByField(statement, 'name').map((node) => ({
    name: dotted(childByField(node, 'name') ?? node),
    alias: node.type === 'aliased_import' ? dotted(childByField(node, 'alias')) : null,
  }));
  if (statement.type === 'import_statement') return names.map(({ name, alias }) => moduleImport(name, alias));
  const from = statement.type === 'future_import_statement' ? '__future__' : dotted(moduleNode(statement));
  const level = /^\.*/.exec(from)?.[0].length ?? 0;
  const module = from.slice(level);
  const hasStar = meaningful(statement).some((child) => child.type === 'wildcard_import');
  if (hasStar) return [imported(`<import * from ${from}>`, [], { level, module, name: '*' })];
  return names.map(({ name, alias }) => imported(alias ?? name, [alias ?? name], { level, module, name }));
}

function moduleNode(statement: SyntaxNode): SyntaxNode | undefined {
  return childByField(statement, 'module_name');
}

/** `import a.b` binds `a`, yet is not the same import as `import a.c`. */
function moduleImport(module: string, alias: string | null): ImportDraft {
  const root = module.split('.')[0] as string;
  return imported(alias ?? module, [alias ?? root], { level: 0, module, name: null });
}

function imported(name: string, binds: readonly string[], target: ImportTarget): ImportDraft {
  const body = digest([String(target.level), target.module, target.name ?? 'module', ...binds]);
  return { name, binds, imported: target, parts: { ...NO_PARTS, body } };
}
