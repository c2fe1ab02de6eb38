/**
 * A module's outline: its symbols in source order. Looks into classes and into `if` and `try` statements that define
 * something; every other statement is a symbol as a whole.
 */
import type { Outline } from '../core/outline.js';
import { type Surface, surfaceOf } from './facts.js';
import { FreeNames } from './free-names.js';
import { codeLines, digest, docstringOf, meaningful, normalForm } from './normalise.js';
import { branchesOf, containsDefinition } from './outline-branches.js';
import { topStatements } from './outline-statements.js';
import { type Context, type Draft, draftsOf, finished } from './outline-symbols.js';
import { SourceForm } from './source-form.js';
import { childByField, type SyntaxNode, visit } from './syntax.js';

/** A statement still to be looked at, and where it stands. */
interface Pending {
  readonly node: SyntaxNode;
  readonly context: Context;
}

/** Outlines a module from its tree. Pure; offsets refer to `text`. */
export function outline(root: SyntaxNode, text: string, facts: Surface = surfaceOf(text, root).facts): Outline {
  const source = new SourceForm(root, text);
  const drafts = numbered(draftsIn(source));
  const free = new FreeNames(facts, classNamesOf(drafts));
  const doc = docstringOf(root, text);
  const comments = facts.comments.map(({ start, end }) => text.slice(start, end).trim());
  return {
    symbols: finished(drafts, facts, free, source),
    statements: topStatements(root, text),
    code: digest(source.words),
    codeLines: codeLines(source.words),
    docstring: doc ? digest(normalForm([doc], text)) : null,
    comments: comments.length > 0 ? digest(comments) : null,
    exports: facts.exports?.complete ? facts.exports.names.map((each) => each.name) : null,
    parses: facts.syntaxErrors.length === 0 && !hasErrors(root),
  };
}

function hasErrors(root: SyntaxNode): boolean {
  let found = false;
  visit(root, (node) => {
    found ||= node.type === 'ERROR' || node.missing;
    return !found;
  });
  return found;
}

function draftsIn(source: SourceForm): Draft[] {
  const { root, text } = source;
  const drafts: Draft[] = [];
  const open: Pending[] = [];
  const schedule = (nodes: readonly SyntaxNode[], context: Context) => {
    for (const node of nodes.toReversed()) open.push({ node, context });
  };
  schedule(meaningful(root), { owner: null, conditions: [], conditionSpans: [] });
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, context } = next;
    if (isGuardedDefinitions(node, text)) {
      for (const branch of branchesOf(node, text).toReversed()) {
        schedule(branch.statements, {
          owner: context.owner,
          conditions: [...context.conditions, branch.condition],
          conditionSpans: [...context.conditionSpans, ...branch.spans],
        });
      }
      continue;
    }
    const found = draftsOf(node, context, source);
    drafts.push(...found);
    const [only] = found;
    if (only?.kind === 'class') schedule(classBody(only.node), { ...context, owner: only.qualname });
  }
  return drafts;
}

/** `if __name__ == '__main__'` is a program, not a set of definitions. */
function isGuardedDefinitions(node: SyntaxNode, text: string): boolean {
  if (node.type !== 'if_statement' && node.type !== 'try_statement') return false;
  const condition = childByField(node, 'condition');
  if (condition && /\b__name__\b/.test(text.slice(condition.start, condition.end))) return false;
  return containsDefinition(node);
}

function classBody(node: SyntaxNode): SyntaxNode[] {
  const body = childByField(node, 'body');
  return body ? meaningful(body) : [];
}

/** The second symbol of one name is `name#2`; an import that says the same thing again is left out. */
function numbered(drafts: readonly Draft[]): Draft[] {
  const counts = new Map<string, number>();
  const imports = new Set<string>();
  return drafts.filter((draft) => {
    if (draft.imported) {
      const key = JSON.stringify([draft.qualname, draft.imported, draft.binds, draft.context.conditions]);
      if (imports.has(key)) return false;
      imports.add(key);
    }
    const count = (counts.get(draft.qualname) ?? 0) + 1;
    counts.set(draft.qualname, count);
    if (count > 1) draft.number = count;
    return true;
  });
}

function classNamesOf(drafts: readonly Draft[]): Map<number, string> {
  const classes = drafts.filter((draft) => draft.kind === 'class');
  return new Map(classes.map((draft) => [draft.node.start, draft.qualname]));
}
