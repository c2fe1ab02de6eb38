/** From a tree to what is known of its texts. */
import type { ScriptFacts, ScriptPart, ScriptText } from '../core/mentions/script.js';
import type { Span } from '../core/model.js';
import { isSum, piecesOf, plainText } from './bases.js';
import { pathOf } from './paths.js';
import { standOf } from './places.js';
import { isTransparent, type Node, Tree } from './tree.js';

const ROOTS = /^(?:StringLiteral|DirectiveLiteral|TemplateLiteral|BinaryExpression)$/;

/** @param file the node `File` that a parser gives */
export function scriptFacts(file: Node, source: string): ScriptFacts {
  const tree = new Tree(file, source);
  const texts = tree.nodes.flatMap((node) => textOf(tree, node) ?? []);
  const comments = (file.comments as readonly Span[] | undefined) ?? [];
  return { texts, comments: comments.map(({ start, end }) => ({ start, end })) };
}

function textOf(tree: Tree, node: Node): ScriptText | null {
  if (node.type === 'RegExpLiteral' || node.type === 'JSXText') return plainSpan(tree, node);
  if (!ROOTS.test(node.type) || (node.type === 'BinaryExpression' && !isSum(node)) || isInText(tree, node)) return null;
  const pieces = piecesOf(node).map((piece) => ({ ...partOf(tree, node, piece), node: piece }));
  if (pieces.every(({ isComputed }) => isComputed)) return null;
  const stand = standOf(tree, node);
  const parts = pieces.map(({ span, isComputed }) => ({ span, isComputed }));
  return { kind: 'string', parts, place: stand.place, path: pathOf(tree, node, pieces, stand) };
}

function plainSpan(tree: Tree, node: Node): ScriptText {
  const kind = node.type === 'JSXText' ? 'markup' : 'pattern';
  const part = { span: { start: node.start, end: node.end }, isComputed: false };
  return { kind, parts: [part], place: standOf(tree, node).place, path: null };
}

/** A part of a larger sum. */
function isInText(tree: Tree, node: Node): boolean {
  let parent = tree.parent(node);
  while (parent && isTransparent(parent.node)) parent = tree.parent(parent.node);
  return parent !== undefined && isSum(parent.node);
}

function partOf(tree: Tree, root: Node, piece: Node): ScriptPart {
  const { start, end, type } = piece;
  if (type === 'TemplateElement') return { span: { start, end }, isComputed: false };
  const isComputed = plainText(piece) === null || (piece !== root && tree.parent(piece)?.property === 'expressions');
  return { span: isComputed ? { start, end } : { start: start + 1, end: end - 1 }, isComputed };
}
