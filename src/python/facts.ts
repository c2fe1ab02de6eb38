/** Text to {@link Facts}: one walk, then what needs the whole file. Pure. */
import type { Facts } from '../core/facts.js';
import type { Constants } from './constants.js';
import { dynamicImports } from './dynamics.js';
import { exportList } from './exports.js';
import { descend, HANDLERS } from './handlers.js';
import { childByField, type SyntaxNode } from './syntax.js';
import { Walk } from './walk.js';

/** Extracts the facts of one file from its tree. Offsets refer to `text`. */
export function extractFacts(text: string, root: SyntaxNode): Facts {
  const walk = new Walk(text, root);
  for (let frame = walk.next(); frame; frame = walk.next()) {
    if (frame.node.missing) walk.syntaxErrors.push({ start: frame.node.start, end: frame.node.end });
    (HANDLERS.get(frame.node.type) ?? descend)(walk, frame);
  }
  return {
    syntaxErrors: walk.syntaxErrors,
    imports: walk.imports,
    scopes: walk.scopes,
    uses: walk.uses,
    strings: walk.strings,
    dynamics: dynamicImports(walk, moduleConstants(walk, root)),
    exports: exportList(walk),
    comments: walk.comments,
  };
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
