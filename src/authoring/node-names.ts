/** Types and fields of nodes, as authors write them: a misspelt one is an error, never an empty answer. */
import { nearest } from '../core/nearest.js';
import { grammar } from '../python/grammar.js';

/** @throws Error for a type that no node has */
export function demandTypes(types: Iterable<string>): void {
  const { types: known, groups } = grammar();
  for (const type of types) {
    if (known.has(type)) continue;
    const members = groups.get(type);
    if (members) throw new Error(`'${type}' is no type of nodes but a group of them: ${members.join(', ')}`);
    throw new Error(`the grammar of Python has no node type '${type}'${suggestion(type, known)}`);
  }
}

/** @throws Error for a field that no node has */
export function demandField(field: string): void {
  const { fields } = grammar();
  if (!fields.has(field)) throw new Error(`the grammar of Python has no field '${field}'${suggestion(field, fields)}`);
}

function suggestion(word: string, known: ReadonlySet<string>): string {
  const words = [...known].filter((each) => /^\w+$/.test(each));
  const near = nearest(word, words) ?? words.find((each) => word.length > 2 && each.startsWith(word));
  return near === undefined ? '; regraft transform --tree FILE shows those of a file' : `: did you mean '${near}'?`;
}
