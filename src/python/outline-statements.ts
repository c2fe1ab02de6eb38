/** The statements of a module's body, and what each is for: documenting, importing, running, or anything else. */
import type { TopStatement } from '../core/outline.js';
import { bareString, meaningful } from './normalise.js';
import { blocksOf } from './outline-branches.js';
import { childByField, type SyntaxNode } from './syntax.js';

const IMPORTS = new Set(['import_statement', 'import_from_statement', 'future_import_statement']);
/** What a flag or a stand-in is set to. */
const CONSTANTS = new Set(['none', 'true', 'false', 'integer', 'float', 'string', 'identifier', 'attribute', 'tuple']);
const MAIN = /^\(?\s*(?:__name__\s*==\s*(['"])__main__\1|(['"])__main__\2\s*==\s*__name__)\s*\)?$/;

/** In source order; comments are no statements. */
export function topStatements(root: SyntaxNode, text: string): TopStatement[] {
  return meaningful(root).map((node, index) => ({
    span: { start: node.start, end: node.end },
    kind: kindOf(node, index, text),
  }));
}

function kindOf(node: SyntaxNode, index: number, text: string): TopStatement['kind'] {
  if (index === 0 && bareString(node, text) !== null) return 'docstring';
  if (IMPORTS.has(node.type)) return 'import';
  if (isMain(node, text)) return 'main';
  return isCompound(node) && onlyImports(node) ? 'imports' : 'other';
}

function isMain(node: SyntaxNode, text: string): boolean {
  const condition = node.type === 'if_statement' ? childByField(node, 'condition') : undefined;
  if (!condition || childByField(node, 'alternative')) return false;
  return MAIN.test(text.slice(condition.start, condition.end));
}

function isCompound({ type }: SyntaxNode): boolean {
  return type === 'if_statement' || type === 'try_statement';
}

/** At least one import, and beside imports nothing but flags and stand-ins. */
function onlyImports(statement: SyntaxNode): boolean {
  let imports = 0;
  const open = [statement];
  for (let node = open.pop(); node; node = open.pop()) {
    for (const inner of blocksOf(node).flatMap(meaningful)) {
      if (IMPORTS.has(inner.type)) imports++;
      else if (isCompound(inner)) open.push(inner);
      else if (inner.type !== 'pass_statement' && !setsFlag(inner)) return false;
    }
  }
  return imports > 0;
}

function setsFlag(statement: SyntaxNode): boolean {
  const [assignment, ...more] = statement.type === 'expression_statement' ? meaningful(statement) : [];
  if (assignment?.type !== 'assignment' || more.length > 0) return false;
  const [left, right] = [childByField(assignment, 'left'), childByField(assignment, 'right')];
  return left?.type === 'identifier' && right !== undefined && CONSTANTS.has(right.type);
}
