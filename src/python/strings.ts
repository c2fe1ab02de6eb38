/** String literals with what surrounds them, and the names inside string annotations. */
import type { StringLiteral } from '../core/facts.js';
import type { SyntaxNode } from './syntax.js';
import { FLAG, type Frame, type Walk } from './walk.js';

/** Records a literal and walks its replacement fields. */
export function stringLiteral(walk: Walk, frame: Frame): void {
  const { node } = frame;
  const open = node.children.find((child) => child.type === 'string_start');
  const close = node.children.findLast((child) => child.type === 'string_end');
  const interpolations = node.children.filter((child) => child.type === 'interpolation');
  const span = { start: open?.end ?? node.start, end: close?.start ?? node.end };
  const literal: StringLiteral = {
    span,
    line: walk.lineOf(span.start),
    scope: frame.scope,
    callee: frame.call?.callee ?? null,
    argument: frame.call?.argument ?? null,
    role: roleOf(frame),
    interpolated: interpolations.length > 0,
  };
  walk.strings.push(literal);
  if (literal.role === 'annotation') annotationNames(walk, literal, frame);
  walk.push(interpolations, frame, { flags: frame.flags & ~FLAG.annotation });
}

function roleOf(frame: Frame): StringLiteral['role'] {
  if (frame.flags & FLAG.annotation) return 'annotation';
  if (frame.flags & FLAG.exports) return 'export';
  return isDocstring(frame.node) ? 'docstring' : 'other';
}

/** A string that is the first statement of a module, class or function body. */
export function isDocstring(node: SyntaxNode): boolean {
  const whole = node.parent?.type === 'concatenated_string' ? node.parent : node;
  const statement = whole.parent;
  if (statement?.type !== 'expression_statement') return false;
  const body = statement.parent;
  if (!body || (body.type !== 'module' && body.type !== 'block')) return false;
  const owner = body.type === 'module' ? 'module' : body.parent?.type;
  if (owner !== 'module' && owner !== 'class_definition' && owner !== 'function_definition') return false;
  return body.children.find((child) => child.named && child.type !== 'comment') === statement;
}

const DOTTED = /[\p{ID_Start}_][\p{ID_Continue}]*(?:\s*\.\s*[\p{ID_Start}_][\p{ID_Continue}]*)*/gu;

/** Names in a quoted annotation such as `'a.b.C | None'`; strings nested inside (`Literal['x']`) are not code. */
function annotationNames(walk: Walk, literal: StringLiteral, frame: Frame): void {
  const value = walk.text.slice(literal.span.start, literal.span.end);
  if (value.includes('\\')) return;
  const code = value.replace(/(['"])(?:(?!\1).)*\1/g, (quoted) => ' '.repeat(quoted.length));
  for (const match of code.matchAll(DOTTED)) recordQuoted(walk, match[0], literal.span.start + match.index, frame);
}

function recordQuoted(walk: Walk, dotted: string, start: number, frame: Frame): void {
  const parts = [...dotted.matchAll(/[\p{ID_Continue}]+/gu)].map((part) => ({
    name: part[0],
    span: { start: start + part.index, end: start + part.index + part[0].length },
  }));
  const [first, ...attributes] = parts;
  if (!first) return;
  walk.uses.push({
    name: first.name,
    span: first.span,
    line: walk.lineOf(first.span.start),
    scope: frame.scope,
    attributes,
    context: 'load',
    quoted: true,
    typing: true,
  });
}

/** `a.b.c` for a name or an attribute chain on a name; `null` for any other expression. */
export function dottedExpression(walk: Walk, node: SyntaxNode): string | null {
  const parts: string[] = [];
  let here: SyntaxNode | undefined = node;
  while (here?.type === 'attribute') {
    parts.unshift(walk.textOf(here.children.at(-1) as SyntaxNode));
    here = here.children[0];
  }
  if (here?.type !== 'identifier') return null;
  return [walk.textOf(here), ...parts].join('.');
}
