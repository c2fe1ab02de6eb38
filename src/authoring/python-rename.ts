/** A thing under another name: all that surely means it in a file follows, unless the file has the new name already. */
import { isIdentifier } from '../core/paths.js';
import type { PythonTree } from './python-node.js';
import type { SpanEdits } from './span-edits.js';
import type { PythonReference } from './types.js';

interface Context {
  readonly tree: PythonTree;
  readonly edits: SpanEdits;
  /** The file binds the new name to something. */
  readonly isTaken: boolean;
}

/** How many places changed. @throws Error where the definition itself stands beside the new name */
export function renamed(context: Context, references: readonly PythonReference[], name: string): number {
  if (!isIdentifier(name)) throw new Error(`'${name}' is no name`);
  const definition = references.find(({ kind }) => kind === 'definition');
  if (definition && context.isTaken) throw new Error(`line ${definition.line}: the file has a name '${name}' already`);
  const changes = references.flatMap((each) => {
    const text = textOf(context, each, name);
    return text === each.text ? [] : [{ each, text }];
  });
  for (const { each, text } of changes) context.edits.add(each, text);
  return changes.length;
}

function textOf({ tree, isTaken }: Context, reference: PythonReference, name: string): string {
  const { kind, alias, text, end } = reference;
  if (text === name) return text;
  if (kind === 'import') {
    const isWritten = /^\s+as\b/.test(tree.source.slice(end));
    return !isWritten && (alias !== null || isTaken) ? `${name} as ${text}` : name;
  }
  // Where the name stays another one, or the old one, its uses stay too.
  const isKept = kind === 'attribute' ? false : alias !== null || isTaken;
  return isKept ? text : name;
}
