/** What a function's own name is bound to, where plain assignments say it. */
import { childByField, type SyntaxNode, visit } from './syntax.js';
import type { Walk } from './walk.js';

/** A name that is bound more often than this is not worth telling apart. */
const MOST = 8;

/** Every value that plain assignments of the function around it give to a name; `null` when something else may bind it. */
export function localValues(walk: Walk, use: SyntaxNode): readonly SyntaxNode[] | null {
  const body = use.type === 'identifier' ? functionAround(use) : null;
  if (!body) return null;
  const name = walk.textOf(use);
  const scope = walk.scopes.find(
    ({ kind, span }) => kind === 'function' && span.start === body.start && span.end === body.end,
  );
  const bindings = (scope?.bindings ?? []).filter((binding) => binding.name === name);
  const values = assigned(walk, body, name);
  const isWhole = values.length === bindings.length && values.length > 0 && values.length <= MOST;
  return isWhole && !scope?.nonlocals.includes(name) ? values : null;
}

function functionAround(node: SyntaxNode): SyntaxNode | null {
  for (let here = node.parent; here; here = here.parent) {
    if (here.type === 'function_definition') return here;
    if (here.type === 'class_definition' || here.type === 'lambda' || /comprehension|generator/.test(here.type))
      return null;
  }
  return null;
}

function assigned(walk: Walk, body: SyntaxNode, name: string): SyntaxNode[] {
  const values: SyntaxNode[] = [];
  visit(body, (node) => {
    const left = node.type === 'assignment' ? childByField(node, 'left') : undefined;
    const right = left ? childByField(node, 'right') : undefined;
    if (left?.type === 'identifier' && right && right.type !== 'assignment' && walk.textOf(left) === name)
      values.push(right);
    return node === body || !/^(?:function_definition|class_definition|lambda)$/.test(node.type);
  });
  return values;
}
