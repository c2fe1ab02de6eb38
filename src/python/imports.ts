/** Import statements: `import`, `from`, star, `__future__` and PEP 810's `lazy` forms. */
import type { ImportedName, ImportStatement } from '../core/facts.js';
import type { Span } from '../core/model.js';
import { childByField, childrenByField, type SyntaxNode } from './syntax.js';
import { FLAG, type Frame, type Walk, whenOf } from './walk.js';

const spanOf = (node: SyntaxNode): Span => ({ start: node.start, end: node.end });

/** A dotted name without the blanks, comments and continuations that Python allows between its parts. */
export function dottedText(walk: Walk, node: SyntaxNode): string {
  return node.children
    .filter((child) => child.type === 'identifier')
    .map((child) => walk.nameOf(child))
    .join('.');
}

/** True for the error node that the grammar makes of PEP 810's soft keyword before an import. */
export function isLazyKeyword(walk: Walk, node: SyntaxNode): boolean {
  if (node.type !== 'ERROR' || walk.textOf(node) !== 'lazy') return false;
  const siblings = node.parent?.children ?? [];
  const next = siblings[siblings.indexOf(node) + 1];
  return next?.type.startsWith('import_') ?? false;
}

function followsLazyKeyword(walk: Walk, node: SyntaxNode): boolean {
  const siblings = node.parent?.children ?? [];
  const before = siblings[siblings.indexOf(node) - 1];
  return before !== undefined && isLazyKeyword(walk, before);
}

export function importStatement(walk: Walk, frame: Frame): void {
  const names = childrenByField(frame.node, 'name').map((node) => importedName(walk, node));
  record(walk, frame, { kind: 'import', level: 0, module: '', moduleSpan: emptySpan(frame.node), names });
}

export function fromStatement(walk: Walk, frame: Frame): void {
  const source = childByField(frame.node, 'module_name');
  const star = frame.node.children.some((child) => child.type === 'wildcard_import');
  const names = childrenByField(frame.node, 'name').map((node) => importedName(walk, node));
  const kind = star ? 'star' : 'from';
  // The grammar allows `from a import b,`; Python does not.
  if (frame.node.children.at(-1)?.type === ',') walk.syntaxErrors.push(spanOf(frame.node));
  if (!source) return;
  if (source.type !== 'relative_import') {
    return record(walk, frame, { kind, level: 0, module: dottedText(walk, source), moduleSpan: spanOf(source), names });
  }
  const prefix = source.children.find((child) => child.type === 'import_prefix');
  const module = source.children.find((child) => child.type === 'dotted_name');
  record(walk, frame, {
    kind,
    level: prefix ? walk.textOf(prefix).replace(/[^.]/g, '').length : 0,
    module: module ? dottedText(walk, module) : '',
    moduleSpan: spanOf(source),
    names,
  });
}

export function futureStatement(walk: Walk, frame: Frame): void {
  const keyword = frame.node.children.find((child) => child.type === '__future__') ?? frame.node;
  const names = childrenByField(frame.node, 'name').map((node) => importedName(walk, node));
  record(walk, frame, { kind: 'from', level: 0, module: '__future__', moduleSpan: spanOf(keyword), names });
}

function importedName(walk: Walk, node: SyntaxNode): ImportedName {
  const name = node.type === 'aliased_import' ? (childByField(node, 'name') ?? node) : node;
  const alias = node.type === 'aliased_import' ? childByField(node, 'alias') : undefined;
  return {
    name: dottedText(walk, name),
    nameSpan: spanOf(name),
    alias: alias ? walk.nameOf(alias) : null,
    aliasSpan: alias ? spanOf(alias) : null,
    line: walk.lineOf(node.start),
  };
}

function emptySpan(node: SyntaxNode): Span {
  return { start: node.start, end: node.start };
}

function record(
  walk: Walk,
  frame: Frame,
  parts: Pick<ImportStatement, 'kind' | 'level' | 'module' | 'moduleSpan' | 'names'>,
): void {
  const flags = followsLazyKeyword(walk, frame.node) ? frame.flags | FLAG.lazy : frame.flags;
  const statement = walk.imports.length;
  walk.imports.push({
    ...parts,
    span: spanOf(frame.node),
    line: walk.lineOf(frame.node.start),
    scope: frame.scope,
    when: whenOf(flags),
  });
  childrenByField(frame.node, 'name').forEach((node, name) => {
    const bound = boundIdentifier(node, parts.kind);
    if (bound) walk.bind(bound, 'import', frame, { statement, name });
  });
}

/** The identifier that a name binds: the alias, else the first part of a dotted name. */
function boundIdentifier(node: SyntaxNode, kind: ImportStatement['kind']): SyntaxNode | undefined {
  if (kind === 'star') return undefined;
  if (node.type === 'aliased_import') return childByField(node, 'alias');
  return node.children[0];
}
