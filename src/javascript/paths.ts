/** Which literals make up the path that a text is part of, and from where that path is meant. */
import type { ScriptBase, ScriptPart, ScriptPath } from '../core/mentions/script.js';
import type { Span } from '../core/model.js';
import { baseOf, below, isJoin, isUrl, plainText, UNKNOWN, WORKING } from './bases.js';
import type { Stand } from './places.js';
import { dottedChain, isNode, isTransparent, listOf, type Node, propertyOf, type Tree, unwrapped } from './tree.js';

/** A part of a text, with its node. */
export interface Piece extends ScriptPart {
  readonly node: Node;
}

export function pathOf(tree: Tree, root: Node, parts: readonly Piece[], stand: Stand): ScriptPath | null {
  const outer = outermost(tree, root);
  const parent = tree.parent(outer);
  if (parent?.property === 'arguments' && isJoin(parent.node)) return joined(tree, parent.node, outer, stand);
  const begun = begunWith(tree, parts);
  if (begun) return begun;
  const pieces = literals(parts);
  if (pieces.length === 0) return null;
  const { place } = stand;
  const asHandler = place.keys.at(-1) === 'handler' || /(?:^|\.)Code\.handler$/.test(place.callee ?? '');
  const as = asHandler ? 'handler' : 'path';
  const base = givenBase(tree, outer, stand, as);
  const isOpen = parts.at(-1)?.isComputed === true;
  const isNormalised = isUrlArgument(tree, outer) || PYTHON_SHELL.test(place.callee ?? '');
  return base && { ...base, pieces, isOpen, isNormalised, as };
}

/** `path.join(base, 'a', 'b.py')`: the base, then literals that stand side by side, this one among them. */
function joined(tree: Tree, call: Node, argument: Node, stand: Stand): ScriptPath {
  const all = listOf(call, 'arguments');
  const at = all.indexOf(argument);
  const isLiteral = (node: Node | undefined) => node !== undefined && plainText(unwrapped(node)) !== null;
  let [first, last] = [at, at];
  while (isLiteral(all[first - 1])) first--;
  while (isLiteral(all[last + 1])) last++;
  const before = all.slice(0, first);
  const base = before.length === 1 && before[0] ? baseOf(tree, before[0]) : before.length === 0 ? null : UNKNOWN;
  const isSpread = all.some(({ type }) => type === 'SpreadElement');
  const isAbsolute = /^[/\\~]|^\w:/.test(plainText(unwrapped(all[first] as Node)) ?? '/');
  const start = base ?? (isAbsolute ? UNKNOWN : (givenBase(tree, call, stand, 'path') ?? WORKING));
  const pieces = all.slice(first, last + 1).flatMap((node) => contentOf(unwrapped(node)) ?? []);
  return { ...(isSpread ? UNKNOWN : start), pieces, isOpen: last < all.length - 1, isNormalised: true, as: 'path' };
}

/** `${__dirname}/a.py` and `__dirname + '/a.py'`. */
function begunWith(tree: Tree, parts: readonly Piece[]): ScriptPath | null {
  const [first, ...rest] = parts.filter(({ span }) => span.end > span.start);
  if (!first?.isComputed || rest.length === 0) return null;
  const until = rest.findIndex(({ isComputed }) => isComputed);
  const known = until === -1 ? rest : rest.slice(0, until);
  const isPath = /^[/\\]/.test(tree.source.slice(known[0]?.span.start, known[0]?.span.end));
  if (!isPath) return null;
  const pieces = known.map(({ span }) => span);
  return { ...baseOf(tree, first.node), pieces, isOpen: until !== -1, isNormalised: false, as: 'path' };
}

function literals(parts: readonly ScriptPart[]): Span[] {
  const until = parts.findIndex(({ isComputed }) => isComputed);
  return (until === -1 ? parts : parts.slice(0, until)).map(({ span }) => span).filter(({ start, end }) => end > start);
}

const PROCESS =
  /(?:^|[.$])(?:spawn|spawnSync|exec|execSync|execFile|execFileSync|fork|execa|execaSync|execaCommand|crossSpawn|spawnAsync|execAsync|execFileAsync|Command|\$)$/;
const PYTHON_SHELL = /(?:^|\.)PythonShell(?:\.run)?$/;
const RESOLVES = /^(?:require\.resolve|import\.meta\.resolve|require|import)$/;

/** What call or object gives the path a directory to start in. */
function givenBase(tree: Tree, outer: Node, stand: Stand, as: ScriptPath['as']): ScriptBase | null {
  const { place, call, objects } = stand;
  if (isUrlArgument(tree, outer)) {
    const second = listOf(tree.parent(outer)?.node ?? outer, 'arguments')[1];
    return second ? withoutItself(baseOf(tree, second)) : UNKNOWN;
  }
  if (place.role === 'source' || RESOLVES.test(place.callee ?? ''))
    return isRelative(outer) ? { from: 'file', steps: [] } : null;
  const [object] = objects;
  if (as === 'handler') return object ? (packaged(tree, object) ?? EITHER) : EITHER;
  const key = place.keys.at(-1);
  if (object && key === 'index') return packaged(tree, object);
  const said = object ? (directoryIn(tree, object) ?? null) : null;
  if (said && key !== 'cwd' && key !== 'scriptPath') return said;
  const isStarted = PROCESS.test(place.callee ?? '') || PYTHON_SHELL.test(place.callee ?? '');
  return isStarted && call && !['cwd', 'scriptPath'].includes(key ?? '') ? optionsOf(tree, call) : null;
}

function isUrlArgument(tree: Tree, node: Node): boolean {
  const parent = tree.parent(node);
  return parent !== undefined && isUrl(parent.node) && parent.index === 0;
}

function isRelative(node: Node): boolean {
  return plainText(unwrapped(node))?.startsWith('.') === true;
}

const EITHER: ScriptBase = { from: 'either', steps: [] };

function withoutItself(base: ScriptBase): ScriptBase {
  return base.steps.at(-1) === '*' ? below(base, '..') : base;
}

/** The directory that is packaged with a function: `entry`, `code: Code.fromAsset(…)`. */
function packaged(tree: Tree, object: Node): ScriptBase | null {
  const entry = propertyOf(object, 'entry');
  if (entry) return baseOf(tree, entry);
  const code = propertyOf(object, 'code');
  if (!code) return null;
  const value = code.type === 'Identifier' ? (tree.constant(String(code.name)) ?? code) : code;
  const isAsset = isNode(value.callee) && /(?:^|\.)(?:fromAsset|asset)$/.test(dottedChain(value.callee) ?? '');
  return isAsset ? baseOf(tree, value) : UNKNOWN;
}

function directoryIn(tree: Tree, object: Node): ScriptBase | undefined {
  const value = propertyOf(object, 'scriptPath') ?? propertyOf(object, 'cwd');
  return value ? baseOf(tree, value) : undefined;
}

/** The working directory that the options of a call say. */
function optionsOf(tree: Tree, call: Node): ScriptBase {
  for (const argument of listOf(call, 'arguments').slice(1)) {
    const plain = unwrapped(argument);
    const value = plain.type === 'Identifier' ? tree.constant(String(plain.name)) : plain;
    const here = value && unwrapped(value);
    if (!here) return UNKNOWN;
    if (here.type === 'NullLiteral' || here.name === 'undefined') return WORKING;
    if (here.type !== 'ObjectExpression') continue;
    const isSpread = listOf(here, 'properties').some(({ type }) => type === 'SpreadElement');
    return directoryIn(tree, here) ?? (isSpread ? UNKNOWN : WORKING);
  }
  return WORKING;
}

/** The content of a literal without its quotes. */
function contentOf(node: Node): Span | null {
  if (plainText(node) === null) return null;
  return { start: node.start + 1, end: node.end - 1 };
}

/** The node with what only wraps it. */
function outermost(tree: Tree, node: Node): Node {
  let here = node;
  for (let up = tree.parent(here); up && isTransparent(up.node); up = tree.parent(here)) here = up.node;
  return here;
}
