/** Text to {@link Facts}: one walk, then what needs the whole file. Pure. */
import type { Facts } from '../core/facts.js';
import type { Span } from '../core/model.js';
import type { Constants } from './constants.js';
import { dynamicImports } from './dynamics.js';
import { exportList } from './exports.js';
import { descend, HANDLERS } from './handlers.js';
import { programOf } from './program.js';
import { childByField, type SyntaxNode } from './syntax.js';
import { Walk } from './walk.js';

/** Facts but for imports by value and the program, which comparisons do not read. */
export type Surface = Omit<Facts, 'dynamics' | 'program'>;

/** Extracts the facts of one file from its tree. Offsets refer to `text`. */
export function extractFacts(text: string, root: SyntaxNode): Facts {
  const { walk, facts } = surfaceOf(text, root);
  return {
    ...facts,
    dynamics: dynamicImports(walk, moduleConstants(walk, root)),
    program: facts.syntaxErrors.length === 0 ? programOf(walk, root) : [],
  };
}

/** What a skim asks of the grammar. */
export type ImportsByValue = Pick<Facts, 'dynamics' | 'syntaxErrors'>;

export function importsByValue(text: string, root: SyntaxNode): ImportsByValue {
  const { walk, facts } = surfaceOf(text, root);
  return { dynamics: dynamicImports(walk, moduleConstants(walk, root)), syntaxErrors: facts.syntaxErrors };
}

export function surfaceOf(text: string, root: SyntaxNode): { readonly walk: Walk; readonly facts: Surface } {
  const walk = new Walk(text, root);
  const visited = new Set<SyntaxNode>();
  for (let frame = walk.next(); frame; frame = walk.next()) {
    if (frame.node.missing) walk.syntaxErrors.push({ start: frame.node.start, end: frame.node.end });
    if (isError(frame.node)) visited.add(frame.node);
    (HANDLERS.get(frame.node.type) ?? descend)(walk, frame);
  }
  const facts: Surface = {
    syntaxErrors: [...walk.syntaxErrors, ...overlookedErrors(root, visited)],
    imports: walk.imports,
    scopes: walk.scopes,
    uses: walk.uses,
    strings: walk.strings,
    exports: exportList(walk),
    comments: walk.comments,
  };
  return { walk, facts };
}

function isError(node: SyntaxNode): boolean {
  return node.type === 'ERROR' || node.missing;
}

/** The grammar lets a block be empty, Python does not. */
function isEmptyBlock({ type, children }: SyntaxNode): boolean {
  return type === 'block' && children.every((child) => child.type === 'comment');
}

/** Errors inside parts that no handler has a use for, such as `def f(:`. */
function overlookedErrors(root: SyntaxNode, visited: ReadonlySet<SyntaxNode>): Span[] {
  const found: Span[] = [];
  const open = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    if ((isError(node) && !visited.has(node)) || isEmptyBlock(node)) found.push({ start: node.start, end: node.end });
    for (const child of node.children) open.push(child);
  }
  return found;
}

/** Names that the module binds once, by a plain assignment at its top level. */
function moduleConstants(walk: Walk, root: SyntaxNode): Constants {
  const counts = new Map<string, number>();
  for (const { name } of walk.scopes[0]?.bindings ?? []) counts.set(name, (counts.get(name) ?? 0) + 1);
  const constants = new Map<string, SyntaxNode>();
  for (const statement of root.children) {
    const assignment = statement.type === 'expression_statement' ? statement.children[0] : undefined;
    const left = assignment?.type === 'assignment' ? childByField(assignment, 'left') : undefined;
    const right = assignment ? childByField(assignment, 'right') : undefined;
    if (left?.type === 'identifier' && right && counts.get(walk.textOf(left)) === 1) {
      constants.set(walk.textOf(left), right);
    }
  }
  return constants;
}
