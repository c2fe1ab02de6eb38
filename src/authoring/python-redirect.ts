/** Imports of one module that become imports of another, in the style that they have. */
import type { Facts, ImportedName, ImportStatement } from '../core/facts.js';
import type { Layout } from '../core/layout.js';
import { bindingsOf } from '../core/scopes.js';
import { absoluteName, packageOf, relativeName } from './names.js';
import { type ImportEdits, spanOf } from './python-imports.js';
import type { PythonTree } from './python-node.js';
import { indentOf, lineEnd, newlineOf } from './python-statements.js';
import type { SpanEdits } from './span-edits.js';

interface Context {
  readonly layout: Layout;
  readonly path: string | null;
  readonly tree: PythonTree;
  readonly facts: Facts;
  readonly edits: SpanEdits;
  readonly imports: ImportEdits;
}

/** @param names only these of the module; `null` for the module itself and all inside it */
export function redirected(context: Context, from: string, to: string, names: readonly string[] | null): number {
  let count = 0;
  for (const [index, statement] of context.facts.imports.entries()) {
    const isChanged =
      statement.kind === 'import'
        ? names === null && plainImport(context, statement, from, to)
        : fromImport(context, statement, index, { from, to, names });
    if (isChanged) count++;
  }
  if (names === null && count > 0) chains(context, from, to);
  return count;
}

function plainImport({ edits }: Context, { names }: ImportStatement, from: string, to: string): boolean {
  const found = names.filter(({ name }) => isWithin(name, from));
  for (const { name, nameSpan } of found) edits.add(nameSpan, to + name.slice(from.length));
  return found.length > 0;
}

interface Wish {
  readonly from: string;
  readonly to: string;
  readonly names: readonly string[] | null;
}

function fromImport(context: Context, statement: ImportStatement, index: number, { from, to, names }: Wish): boolean {
  const { layout, path, edits } = context;
  const absolute = absoluteName(layout, path, statement.level, statement.module);
  if (absolute === null) return false;
  if (names !== null) return absolute === from && someNames(context, statement, index, to, names);
  if (isWithin(absolute, from)) {
    edits.add(statement.moduleSpan, styled(context, statement, to + absolute.slice(from.length)));
    return true;
  }
  const [parent, last] = parted(from);
  const position = absolute === parent ? statement.names.findIndex(({ name }) => name === last) : -1;
  if (position !== -1) moduleName(context, statement, index, position, to);
  return position !== -1;
}

/** `from a import b`, where `a.b` is what becomes another: the file's own name for it stays. */
function moduleName(context: Context, statement: ImportStatement, index: number, position: number, to: string): void {
  const { edits } = context;
  const name = statement.names[position] as ImportedName;
  const local = name.alias ?? name.name;
  const [parent, last] = parted(to);
  const text = last === local ? last : `${last} as ${local}`;
  if (statement.names.length > 1) {
    const whole = parent === '' ? `import ${text}` : `from ${styled(context, statement, parent)} import ${text}`;
    besides(context, statement, index, [position], whole);
  } else if (parent === '') edits.add(statement.span, `import ${text}`);
  else {
    edits.add(statement.moduleSpan, styled(context, statement, parent));
    edits.add(spanOf(name), text);
  }
}

function someNames(
  context: Context,
  statement: ImportStatement,
  index: number,
  to: string,
  wanted: readonly string[],
): boolean {
  const positions = statement.names.flatMap(({ name }, position) => (wanted.includes(name) ? [position] : []));
  if (positions.length === 0) return false;
  const module = styled(context, statement, to);
  if (positions.length === statement.names.length) context.edits.add(statement.moduleSpan, module);
  else {
    const texts = positions.map((position) => {
      const { start, end } = spanOf(statement.names[position] as ImportedName);
      return context.tree.source.slice(start, end);
    });
    besides(context, statement, index, positions, `from ${module} import ${texts.join(', ')}`);
  }
  return true;
}

/** Names go from a statement into one of their own: at the top where it belongs, elsewhere on the next line. */
function besides(
  { tree, edits, imports }: Context,
  statement: ImportStatement,
  index: number,
  positions: readonly number[],
  whole: string,
) {
  imports.removeNames(index, positions);
  const { start, end } = statement.span;
  const { source } = tree;
  const rest = source.slice(end, lineEnd(source, end));
  const indent = indentOf(tree, start);
  const isAlone = tree.lineStart(statement.line) + indent.length === start && /^[ \t]*(#[^\n]*)?\r?\n$/.test(rest);
  const offset = isAlone ? lineEnd(source, end) : end;
  edits.add({ start: offset, end: offset }, isAlone ? `${indent}${whole}${newlineOf(source)}` : `; ${whole}`);
}

/** With dots where the statement has some and they lead there. */
function styled({ layout, path }: Context, { level }: ImportStatement, absolute: string): string {
  const around = level > 0 && path !== null ? packageOf(layout, path) : null;
  return (around === null ? null : relativeName(around, absolute)) ?? absolute;
}

/** `import a.b` binds `a`: what says `a.b` says the new name. */
function chains({ facts, edits }: Context, from: string, to: string): void {
  const [first, ...rest] = from.split('.');
  const bindsIt = facts.imports.some(
    ({ kind, names }) => kind === 'import' && names.some(({ name, alias }) => alias === null && isWithin(name, from)),
  );
  if (!bindsIt) return;
  for (const use of facts.uses) {
    if (use.name !== first || rest.some((part, index) => use.attributes[index]?.name !== part)) continue;
    const { bindings } = bindingsOf(facts, use.scope, use.name);
    if (bindings.length === 0 || bindings.some(({ kind }) => kind !== 'import')) continue;
    const end = use.attributes[rest.length - 1]?.span.end ?? use.span.end;
    edits.add({ start: use.span.start, end }, to);
  }
}

const isWithin = (name: string, module: string) => name === module || name.startsWith(`${module}.`);

function parted(dotted: string): [parent: string, last: string] {
  const dot = dotted.lastIndexOf('.');
  return dot === -1 ? ['', dotted] : [dotted.slice(0, dot), dotted.slice(dot + 1)];
}
