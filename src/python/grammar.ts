/**
 * The node types and fields that the grammar knows, from the list that the package of the grammar ships beside it. Both
 * engines load their grammar from this package, so there is one list for both.
 */
import { createRequire } from 'node:module';

export interface Grammar {
  /** Of nodes in trees: named ones, tokens, and `ERROR`. */
  readonly types: ReadonlySet<string>;
  /** Names for several types, which no node has. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
  readonly fields: ReadonlySet<string>;
}

interface Entry {
  readonly type: string;
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly subtypes?: readonly { readonly type: string }[];
}

/** The list leaves out what is only ever an alias; a test holds it against real files. */
const UNLISTED = ['ERROR', 'as_pattern_target'];

let known: Grammar | undefined;

/** Read when it is first asked for. */
export function grammar(): Grammar {
  known ??= read();
  return known;
}

function read(): Grammar {
  const entries = createRequire(import.meta.url)('tree-sitter-python/src/node-types.json') as readonly Entry[];
  const nodes = entries.filter(({ subtypes }) => !subtypes);
  const groups = entries.flatMap(({ type, subtypes }): [string, string[]][] =>
    subtypes ? [[type, subtypes.map((each) => each.type)]] : [],
  );
  return {
    types: new Set([...nodes.map(({ type }) => type), ...UNLISTED]),
    groups: new Map(groups),
    fields: new Set(entries.flatMap(({ fields = {} }) => Object.keys(fields))),
  };
}
