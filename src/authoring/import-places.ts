/** Where a new import statement belongs: sorted among those that stand there, behind docstring and `__future__`. */
import type { ImportStatement } from '../core/facts.js';
import { STANDARD_LIBRARY } from '../core/standard-library.js';
import type { PythonTree } from './python-node.js';
import { lineEnd, statementAt } from './python-statements.js';
import type { PythonNode } from './types.js';

export interface NewStatement {
  readonly text: string;
  /** As written, leading dots included. */
  readonly module: string;
  readonly isFrom: boolean;
}

/** `__future__`, the standard library, other names, relative ones; between two groups stands an empty line. */
type Group = 0 | 1 | 2 | 3;
/** Something that is no import. */
const OTHER = -1;

interface Place {
  readonly offset: number;
  /** What stands before and after it: another group, {@link OTHER}, or `null` where no empty line is needed. */
  readonly previous: Group | typeof OTHER | null;
  readonly next: Group | typeof OTHER | null;
}

interface Placed extends Key {
  readonly node: PythonNode;
}

interface Key {
  readonly group: Group;
  readonly isFrom: boolean;
  readonly module: string;
}

/** Texts to be inserted, by offset. */
export function placed(
  tree: PythonTree,
  imports: readonly ImportStatement[],
  added: readonly NewStatement[],
  newline: string,
): { offset: number; text: string }[] {
  const header = headerOf(tree, imports);
  const groups = new Map<number, { place: Place; statements: NewStatement[] }>();
  for (const statement of [...added].sort((a, b) => compare(keyOf(a), keyOf(b)))) {
    const place = placeOf(tree, header, keyOf(statement));
    const group = groups.get(place.offset) ?? { place, statements: [] };
    group.statements.push(statement);
    groups.set(place.offset, group);
  }
  return [...groups.values()].map(({ place, statements }) => ({
    offset: place.offset,
    text: textOf(tree.source, place, statements, newline),
  }));
}

function textOf(
  source: string,
  { offset, previous, next }: Place,
  statements: readonly NewStatement[],
  newline: string,
): string {
  const isOpen = offset > 0 && source[offset - 1] !== '\n';
  let out = isOpen ? newline : '';
  let before = previous;
  for (const statement of statements) {
    const { group } = keyOf(statement);
    out += `${before !== null && before !== group ? newline : ''}${statement.text}${newline}`;
    before = group;
  }
  if (next === null || next === before) return out;
  return out + newline.repeat(next === OTHER && DEFINITION.test(source.slice(offset)) ? 2 : 1);
}

/** Functions and classes have two empty lines before them. */
const DEFINITION = /^(?:#[^\n]*\r?\n)*(?:@|(?:async[ \t]+)?def\b|class\b)/;

function keyOf({ module, isFrom }: { readonly module: string; readonly isFrom: boolean }): Key {
  return { group: groupOf(module), isFrom, module: module.toLowerCase() };
}

function groupOf(module: string): Group {
  if (module === '__future__') return 0;
  if (module.startsWith('.')) return 3;
  return STANDARD_LIBRARY.has(module.split('.')[0] as string) ? 1 : 2;
}

function compare(a: Key, b: Key): number {
  return (
    a.group - b.group || Number(a.isFrom) - Number(b.isFrom) || (a.module < b.module ? -1 : a.module > b.module ? 1 : 0)
  );
}

/** The imports that stand at the top, before the first function or class. */
function headerOf(tree: PythonTree, imports: readonly ImportStatement[]): Placed[] {
  const first = tree.root.children.find(({ type }) => /^(function|class|decorated)_definition$/.test(type));
  return imports
    .filter(({ scope, span }) => scope === 0 && span.start < (first?.start ?? Number.POSITIVE_INFINITY))
    .flatMap(({ kind, level, module, names, span }) => {
      const node = statementAt(tree, span);
      if (node?.parent?.type !== 'module') return [];
      const written = kind === 'import' ? (names[0]?.name ?? '') : '.'.repeat(level) + module;
      return [{ ...keyOf({ module: written, isFrom: kind !== 'import' }), node }];
    });
}

function placeOf(tree: PythonTree, header: readonly Placed[], key: Key): Place {
  const before = header.filter((each) => compare(each, key) <= 0);
  const nearest = before.reduce<Placed | null>((best, each) => (best && compare(best, each) > 0 ? best : each), null);
  if (nearest && (nearest.group !== 0 || key.group === 0 || header.every(({ group }) => group === 0)))
    return afterStatement(tree, nearest.node, nearest.group);
  const follower = header.find(({ group }) => group !== 0);
  if (follower && key.group !== 0)
    return { offset: tree.lineStart(follower.node.line), previous: null, next: follower.group };
  const docstring = docstringOf(tree);
  return docstring ? afterStatement(tree, docstring, OTHER) : atTop(tree);
}

/** Behind all that stands on the statement's last line. */
function afterStatement(tree: PythonTree, node: PythonNode, group: Group | typeof OTHER): Place {
  const { source } = tree;
  let last = node;
  for (const child of node.parent?.children ?? [])
    if (child.start > last.start && child.start < lineEnd(source, last.end)) last = child;
  const offset = lineEnd(source, last.end);
  const isCrowded =
    (group === OTHER || group === 0) && offset < source.length && !/^[ \t]*\r?\n/.test(source.slice(offset));
  return { offset, previous: group, next: isCrowded ? OTHER : null };
}

function docstringOf(tree: PythonTree): PythonNode | null {
  const first = tree.root.children.find(({ type }) => type !== 'comment');
  return first?.type === 'expression_statement' && first.children[0]?.type === 'string' ? first : null;
}

/** Behind comments that an empty line parts from the code, and in any case behind a program's name and a coding line. */
function atTop({ source }: PythonTree): Place {
  const head =
    /^(?:[ \t]*#[^\n]*\r?\n)+(?:[ \t]*\r?\n)+/.exec(source) ?? /^(?:#(?:!|.*coding[:=])[^\n]*\n){0,2}/.exec(source);
  const offset = head?.[0].length ?? 0;
  return { offset, previous: null, next: offset < source.length ? OTHER : null };
}
