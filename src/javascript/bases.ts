/** From where a path is meant that an expression says: `__dirname`, `path.join(__dirname, '..')`, `new URL('.', import.meta.url)`. */
import type { ScriptBase } from '../core/mentions/script.js';
import { dottedChain, isCall, isNode, listOf, type Node, type Tree, unwrapped } from './tree.js';

export const UNKNOWN: ScriptBase = { from: 'unknown', steps: [] };
export const WORKING: ScriptBase = { from: 'work', steps: [] };
const HERE: ScriptBase = { from: 'file', steps: [] };
/** The file itself, which `..` or a relative URL leave again. */
const ITSELF: ScriptBase = { from: 'file', steps: ['*'] };

const CONSTANTS: Readonly<Record<string, ScriptBase>> = {
  __dirname: HERE,
  'import.meta.dirname': HERE,
  'import.meta.dir': HERE,
  __filename: ITSELF,
  'import.meta.filename': ITSELF,
  'import.meta.url': ITSELF,
};

const JOINS =
  /^(?:(?:\w*[pP]ath\w*|posix|win32)\.(?:posix\.|win32\.)?(?:join|resolve|normalize)|join|resolve|joinPath)$/;
const JOINS_URIS = /\bUri\.joinPath$/;
/** What gives the path that it is given, in another form. */
const SAME =
  /(?:^|\.)(?:fileURLToPath|pathToFileURL|normalize|realpathSync|toString|String|fromAsset|fromDockerBuild|asset)$/;
/** Constants lead to constants, calls stand in calls; more than this is not followed. */
const DEEPEST = 12;

/** Whether a call puts a path together from its arguments. */
export function isJoin(call: Node): boolean {
  if (!isCall(call) || !isNode(call.callee)) return false;
  const chain = dottedChain(call.callee) ?? '';
  return JOINS.test(chain) || JOINS_URIS.test(chain);
}

/** Whether a call hands on the path that it is given. */
export function isSamePath(call: Node): boolean {
  return isCall(call) && isNode(call.callee) && SAME.test(dottedChain(call.callee) ?? '');
}

/** `new URL(path, import.meta.url)`. */
export function isUrl(node: Node): boolean {
  return node.type === 'NewExpression' && isNode(node.callee) && dottedChain(node.callee) === 'URL';
}

export function baseOf(tree: Tree, expression: Node, depth = 0): ScriptBase {
  if (depth > DEEPEST) return UNKNOWN;
  const node = unwrapped(expression);
  const plain = plainText(node);
  if (plain !== null) return /^(?:[/\\~]|[A-Za-z]:|\w+:\/\/)/.test(plain) ? UNKNOWN : below(WORKING, plain);
  const chain = dottedChain(node);
  if (chain !== null && Object.hasOwn(CONSTANTS, chain)) return CONSTANTS[chain] as ScriptBase;
  if (node.type === 'Identifier') {
    const value = tree.constant(String(node.name));
    return value ? baseOf(tree, value, depth + 1) : UNKNOWN;
  }
  if (isCall(node)) return ofCall(tree, node, depth);
  return ofPieces(tree, node, depth);
}

function ofCall(tree: Tree, call: Node, depth: number): ScriptBase {
  const chain = isNode(call.callee) ? (dottedChain(call.callee) ?? '') : '';
  const [first, second] = listOf(call, 'arguments');
  if (/(?:^|\.)process\.cwd$|^Deno\.cwd$/.test(chain)) return WORKING;
  if (!first) return UNKNOWN;
  if (isUrl(call)) return second ? relativeTo(baseOf(tree, second, depth + 1), first) : UNKNOWN;
  if (/(?:^|\.)dirname$/.test(chain)) return below(baseOf(tree, first, depth + 1), '..');
  if (SAME.test(chain) && !isJoin(call)) return baseOf(tree, first, depth + 1);
  if (!isJoin(call)) return UNKNOWN;
  return listOf(call, 'arguments')
    .slice(1)
    .reduce((base, each) => extended(base, each), baseOf(tree, first, depth + 1));
}

/** A URL is relative to the directory of what it is based on. */
function relativeTo(base: ScriptBase, relative: Node): ScriptBase {
  const text = plainText(unwrapped(relative));
  if (text === null || text.startsWith('/')) return UNKNOWN;
  return below(base.steps.at(-1) === '*' ? below(base, '..') : base, text);
}

function extended(base: ScriptBase, argument: Node): ScriptBase {
  const text = plainText(unwrapped(argument));
  return text === null ? UNKNOWN : below(base, text);
}

/** A template or a sum that begins with something known and goes on with text only. */
function ofPieces(tree: Tree, node: Node, depth: number): ScriptBase {
  const pieces = piecesOf(node);
  const [first, ...rest] = pieces.filter((piece) => plainText(piece) !== '');
  if (!first || first === node || rest.some((piece) => plainText(piece) === null)) return UNKNOWN;
  const text = rest.map((piece) => plainText(piece)).join('');
  return /^[/\\]/.test(text) || rest.length === 0 ? below(baseOf(tree, first, depth + 1), text) : UNKNOWN;
}

/** The operands of `+` and the pieces of a template, in order; any other expression is its own only piece. */
export function piecesOf(node: Node): Node[] {
  const pieces: Node[] = [];
  const open = [node];
  for (let next = open.pop(); next; next = open.pop()) {
    const here = unwrapped(next);
    if (isSum(here)) open.push(here.right as Node, here.left as Node);
    else if (here.type === 'TemplateLiteral') pieces.push(...templatePieces(here));
    else pieces.push(here);
  }
  return pieces;
}

export function isSum(node: Node): boolean {
  return node.type === 'BinaryExpression' && node.operator === '+';
}

function templatePieces(template: Node): Node[] {
  const all = [...listOf(template, 'quasis'), ...listOf(template, 'expressions')];
  return all.sort((a, b) => a.start - b.start || a.end - b.end);
}

/** What a literal says; `null` for what is computed. */
export function plainText(node: Node): string | null {
  if (node.type === 'StringLiteral' || node.type === 'DirectiveLiteral') return String(node.value);
  if (node.type === 'TemplateElement') return (node.value as { cooked?: string }).cooked ?? '';
  if (node.type !== 'TemplateLiteral') return null;
  const [only, ...others] = templatePieces(node);
  return only && others.length === 0 ? plainText(only) : null;
}

export function below(base: ScriptBase, text: string): ScriptBase {
  return {
    from: base.from,
    steps: [...base.steps, ...text.split(/[/\\]+/).filter((step) => step !== '' && step !== '.')],
  };
}
