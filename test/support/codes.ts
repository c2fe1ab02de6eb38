/**
 * The codes of all problems that the sources can report, read from the sources: `problem('code', ..)`, functions that hand
 * a parameter called `code` on, properties and constants called so, and types of codes.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import jscodeshift from 'jscodeshift';

/** A syntax node, as plain as the parser gives it. */
interface Node {
  readonly type: string;
  readonly loc: { readonly start: { readonly line: number } };
  readonly [part: string]: any;
}

export interface FoundCodes {
  /** Code -> the files that can report it. */
  readonly codes: ReadonlyMap<string, readonly string[]>;
  /** Calls of `problem` whose code the rules below cannot follow. */
  readonly unfollowed: readonly string[];
}

const CODE = /^[a-z]+(?:-[a-z]+)*$/;
/** Spares the parsing of files that say nothing of codes. */
const SPEAKS = /problem\(|refus|\bcode\b|Code\b|CODES/;
const parse = jscodeshift.withParser('ts');

export function codesInSources(folders: readonly string[]): FoundCodes {
  const files = folders
    .flatMap(filesBelow)
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }))
    .filter(({ text }) => SPEAKS.test(text))
    .map(({ path, text }) => ({ path, nodes: nodesOf(text) }));
  const speakers = new Map<string, Set<number>>([['problem', new Set([0])]]);
  for (const { nodes } of files) for (const node of nodes) noteSpeaker(node, speakers);
  const codes = new Map<string, string[]>();
  const unfollowed: string[] = [];
  for (const { path, nodes } of files) {
    // Modules that only look at characters or at errors of the system call other things codes.
    const speaks = nodes.some(
      (node) => node.type === 'StringLiteral' && /problems(?:\.js)?$|mentions\.js$|\/work\.js$/.test(node.value),
    );
    for (const node of nodes) {
      for (const code of codesOf(node, speakers, speaks))
        codes.set(code, [...new Set([...(codes.get(code) ?? []), path])]);
      if (isUnfollowed(node)) unfollowed.push(`${path}:${node.loc.start.line}`);
    }
  }
  return { codes, unfollowed };
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : path.endsWith('.ts') ? [path] : [];
  });
}

/** All nodes, by a plain walk: paths and scopes are not needed. */
function nodesOf(text: string): Node[] {
  const found: Node[] = [];
  const open: unknown[] = [parse(text).get().node];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    if ('type' in next && typeof next.type === 'string' && 'loc' in next) found.push(next as Node);
    for (const [key, value] of Object.entries(next))
      if (value !== null && typeof value === 'object' && !APART.has(key)) open.push(value);
  }
  return found;
}

const APART = new Set(['loc', 'tokens', 'comments', 'original', 'extra', 'errors']);

/** A function with a parameter `code` speaks of problems; its name, and which argument that is. Methods of several classes may share a name. */
function noteSpeaker(node: Node, speakers: Map<string, Set<number>>): void {
  const [name, owner] =
    node.type === 'VariableDeclarator' && node.init?.type === 'ArrowFunctionExpression'
      ? [node.id.name, node.init]
      : node.type === 'FunctionDeclaration'
        ? [node.id?.name, node]
        : node.type === 'ClassMethod' || node.type === 'ObjectMethod'
          ? [node.key.name, node]
          : [undefined, node];
  if (name === undefined) return;
  const at = owner.params.findIndex(
    (each: Node) => nameOf(each.type === 'AssignmentPattern' ? each.left : each) === 'code',
  );
  if (at >= 0) speakers.set(name, (speakers.get(name) ?? new Set()).add(at));
}

const nameOf = (node: Node | undefined): string | undefined => (node?.type === 'Identifier' ? node.name : undefined);

function codesOf(node: Node, speakers: ReadonlyMap<string, ReadonlySet<number>>, speaks: boolean): string[] {
  if (node.type === 'CallExpression') {
    const called = nameOf(node.callee) ?? nameOf(node.callee.property);
    const places = called === undefined ? undefined : speakers.get(called);
    return [...(places ?? [])].flatMap((at) => literals(node.arguments[at]));
  }
  if (node.type === 'ObjectProperty' && nameOf(node.key) === 'code') return literals(node.value);
  if (node.type === 'AssignmentPattern' && nameOf(node.left) === 'code') return literals(node.right);
  if (node.type === 'VariableDeclarator') {
    const name = nameOf(node.id) ?? '';
    if (name === 'code') return speaks ? literals(node.init) : [];
    return /CODES$/.test(name) ? strings(node.init) : [];
  }
  if (node.type === 'TSTypeAliasDeclaration' && /Code$/.test(node.id.name)) return strings(node.typeAnnotation);
  if (node.type === 'TSPropertySignature' && nameOf(node.key) === 'code') return strings(node.typeAnnotation);
  return [];
}

/** What an expression comes to, as far as it is written out: of a choice both sides. */
function literals(node: Node | null | undefined): string[] {
  if (!node) return [];
  if (node.type === 'StringLiteral') return CODE.test(node.value) ? [node.value] : [];
  if (node.type === 'ConditionalExpression') return [...literals(node.consequent), ...literals(node.alternate)];
  if (node.type === 'LogicalExpression') return [...literals(node.left), ...literals(node.right)];
  return node.type === 'TSAsExpression' ? literals(node.expression) : [];
}

/** Values of a table and members of a union. */
function strings(node: Node): string[] {
  if (!node || typeof node !== 'object') return [];
  if (node.type === 'StringLiteral') return CODE.test(node.value) ? [node.value] : [];
  if (node.type === 'ObjectProperty') return strings(node.value);
  return ['properties', 'elements', 'types', 'literal', 'expression', 'typeAnnotation'].flatMap((part) =>
    [node[part] ?? []].flat().flatMap(strings),
  );
}

function isUnfollowed(node: Node): boolean {
  if (node.type !== 'CallExpression' || nameOf(node.callee) !== 'problem') return false;
  const [code] = node.arguments;
  const isHandedOn = nameOf(code) === 'code' || (code?.type === 'MemberExpression' && nameOf(code.property) === 'code');
  return !isHandedOn && literals(code).length === 0;
}
