/**
 * What can be known of a string expression without running it: pieces of text with gaps. `__name__` and `__package__`
 * stay as the marks `{__name__}` and `{__package__}`, which the linker fills in; a dotted name never contains a brace.
 */
import type { DynamicName } from '../core/facts.js';
import { childByField, type SyntaxNode } from './syntax.js';
import type { Walk } from './walk.js';

/** Text, or `null` for a gap. */
export type Pieces = readonly (string | null)[];

const GAP: Pieces = [null];
/** Deeper expressions than this are a gap; module names are not built from fifty parts. */
const MAX_DEPTH = 50;

/** Module-level names that are assigned exactly once, with the node of their value. */
export type Constants = ReadonlyMap<string, SyntaxNode>;

export function pieces(walk: Walk, node: SyntaxNode, constants: Constants, depth = 0): Pieces {
  if (depth > MAX_DEPTH) return GAP;
  const inner = (child: SyntaxNode | undefined) => (child ? pieces(walk, child, constants, depth + 1) : GAP);
  switch (node.type) {
    case 'string':
      return stringPieces(walk, node, inner);
    case 'concatenated_string':
      return node.children.filter((child) => child.type === 'string').flatMap(inner);
    case 'parenthesized_expression':
      return inner(node.children.find((child) => child.named));
    case 'identifier':
      return namePieces(walk, node, constants, inner);
    case 'binary_operator':
      return operatorPieces(walk, node, inner);
    case 'call':
      return formatPieces(walk, node, inner);
    default:
      return GAP;
  }
}

type Inner = (node: SyntaxNode | undefined) => Pieces;

function stringPieces(walk: Walk, node: SyntaxNode, inner: Inner): Pieces {
  return node.children.flatMap((child): Pieces => {
    if (child.type === 'string_content') return [walk.textOf(child)];
    if (child.type !== 'interpolation') return [];
    const plain = !child.children.some((part) => part.type === 'format_specifier' || part.type === 'type_conversion');
    return plain ? inner(childByField(child, 'expression')) : GAP;
  });
}

function namePieces(walk: Walk, node: SyntaxNode, constants: Constants, inner: Inner): Pieces {
  const name = walk.textOf(node);
  if (name === '__name__' || name === '__package__') return [`{${name}}`];
  return inner(constants.get(name));
}

function operatorPieces(walk: Walk, node: SyntaxNode, inner: Inner): Pieces {
  const operator = childByField(node, 'operator');
  const [left, right] = [childByField(node, 'left'), childByField(node, 'right')];
  if (operator && walk.textOf(operator) === '+') return [...inner(left), ...inner(right)];
  if (operator && walk.textOf(operator) === '%') return holes(inner(left), /%[sdr]/);
  return GAP;
}

/** `'a.{}'.format(x)` and `'.'.join([a, b])`. */
function formatPieces(walk: Walk, node: SyntaxNode, inner: Inner): Pieces {
  const callee = childByField(node, 'function');
  const method = callee ? childByField(callee, 'attribute') : undefined;
  if (!callee || !method) return GAP;
  const text = inner(childByField(callee, 'object'));
  if (walk.textOf(method) === 'join') return joined(text, node, inner);
  return walk.textOf(method) === 'format' ? holes(text, /\{[^{}]*\}/) : GAP;
}

function joined(separator: Pieces, node: SyntaxNode, inner: Inner): Pieces {
  const [display, ...more] = (childByField(node, 'arguments')?.children ?? []).filter(isValue);
  if (!display || more.length > 0 || !/^(?:list|tuple)$/.test(display.type)) return GAP;
  const parts = display.children.filter(isValue);
  if (parts.some(({ type }) => type === 'list_splat')) return GAP;
  return parts.flatMap((part, index) => (index === 0 ? inner(part) : [...separator, ...inner(part)]));
}

const isValue = (node: SyntaxNode): boolean => node.named && node.type !== 'comment';

function holes(template: Pieces, hole: RegExp): Pieces {
  return template.flatMap((piece) =>
    piece === null ? GAP : piece.split(hole).flatMap((text, index) => (index === 0 ? [text] : [null, text])),
  );
}

/** Reduces pieces to what a dynamic import's name can be said to be. */
export function dynamicName(known: Pieces, node: SyntaxNode | undefined): DynamicName {
  const first = known.indexOf(null);
  if (first === -1) {
    const span = node?.type === 'string' ? contentSpan(node) : null;
    return { kind: 'literal', value: known.join(''), span };
  }
  const prefix = known.slice(0, first).join('');
  const suffix = known.slice(known.lastIndexOf(null) + 1).join('');
  return prefix || suffix ? { kind: 'partial', prefix, suffix } : { kind: 'open' };
}

function contentSpan(node: SyntaxNode): { start: number; end: number } {
  const open = node.children.find((child) => child.type === 'string_start');
  const close = node.children.findLast((child) => child.type === 'string_end');
  return { start: open?.end ?? node.start, end: close?.start ?? node.end };
}
