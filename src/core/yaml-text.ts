/**
 * YAML and JSON that people write for the tool: the value, and where each part of it stands. Version 1.2, so `yes` is a
 * text. Bounded: hostile files are refused before they cost memory or time.
 */
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLMap,
} from 'yaml';
import type { Place, Problem } from './model.js';
import { problem, RegraftError } from './problems.js';

export type Keys = readonly PropertyKey[];

export interface Written {
  readonly value: unknown;
  /** Where the value stands that these keys lead to, or the nearest that holds it. */
  place(keys: Keys): Place;
  /** Where the last of the keys itself stands. */
  keyPlace(keys: Keys): Place;
}

/** Longer texts are no recipes; the parser's time grows with the square of some of them. */
const LARGEST = 1024 * 1024;
const DEEPEST = 100;
const MOST_ALIASES = 100;
const MOST_ERRORS = 10;

/** @param path how problems name the file. @throws RegraftError `bad-yaml` with every place that cannot be read */
export function readYaml(path: string, text: string): Written {
  const lines = new LineCounter();
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { path, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const plain = text.replace(/^\ufeff/, '');
  demandBounded(path, plain);
  const document = parseDocument(plain, {
    version: '1.2',
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
    // Compares each key with each other; a linear look at them follows.
    uniqueKeys: false,
  });
  const wrong = [...document.errors, ...document.warnings].map(({ message, pos, code }) =>
    problem('bad-yaml', plainly(code, message), { place: placeAt(pos[0]), ...hintFor(code) }),
  );
  const problems = [...wrong, ...ambiguousKeys(document, placeAt)];
  if (problems.length > 0) throw new RegraftError(problems.slice(0, MOST_ERRORS));
  const offset = (node: Node | null) => placeAt(node?.range?.[0] ?? 0);
  return {
    value: contentOf(path, document),
    place: (keys) => offset(follow(document, keys).node),
    keyPlace: (keys) => offset(follow(document, keys).key),
  };
}

/** Nesting is counted from above: brackets that are open, and what stands before the first word of a line. */
function demandBounded(path: string, text: string): void {
  const refuse = (message: string, hint: string) => {
    throw new RegraftError(problem('bad-yaml', `${path} ${message}`, { place: path, hint }));
  };
  if (text.length > LARGEST) refuse('is larger than 1 MiB', 'split it into several files');
  let open = 0;
  for (let i = 0; i < text.length; i++) {
    const letter = text[i];
    if (letter === '[' || letter === '{') open++;
    else if (letter === ']' || letter === '}') open--;
    if (open > DEEPEST) refuse('has too many open brackets', 'nothing in a recipe nests so deeply');
  }
  const tooDeep = new RegExp(`^(?:[-?:]?[ \\t]){${2 * DEEPEST}}`, 'm');
  if (tooDeep.test(text)) refuse('is indented too deeply', 'nothing in a recipe nests so deeply');
}

/** The parser's own words, except where they speak of its functions. */
function plainly(code: string, message: string): string {
  return code === 'MULTIPLE_DOCS' ? 'a second document begins here' : message.replace(/\.$/, '');
}

function hintFor(code: string): { hint?: string } {
  if (code === 'TAB_AS_INDENT') return { hint: 'indent with spaces' };
  if (code === 'MULTIPLE_DOCS') return { hint: 'one file holds one document' };
  if (code === 'TAG_RESOLVE_FAILED') return { hint: 'tags (!name) have no meaning here' };
  return {};
}

/** A key that stands twice would silently win over the first; one that JavaScript gives a meaning would be lost. */
function ambiguousKeys(document: Document, placeAt: (offset: number) => Place): Problem[] {
  const found: Problem[] = [];
  const check = (map: YAMLMap) => {
    const seen = new Set<string>();
    for (const { key } of map.items) {
      const name = isScalar(key) ? String(key.value) : '';
      const place = placeAt((isNode(key) ? key.range?.[0] : null) ?? 0);
      if (seen.has(name)) found.push(problem('bad-yaml', `'${name}' stands here twice`, { place, hint: 'keep one' }));
      if (name === '__proto__') found.push(problem('bad-yaml', `'${name}' is no key that can be used`, { place }));
      seen.add(name);
    }
  };
  visit(document, { Map: (_, map) => check(map) });
  return found;
}

function contentOf(path: string, document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (error) {
    throw new RegraftError(
      problem('bad-yaml', `${path}: ${(error as Error).message}`, {
        place: path,
        hint: 'write repeated parts out instead of using anchors',
      }),
    );
  }
}

/** As far as the keys lead. */
function follow(document: Document, keys: Keys): { node: Node | null; key: Node | null } {
  let node: Node | null = isNode(document.contents) ? document.contents : null;
  let key: Node | null = node;
  for (const part of keys) {
    const here: unknown = isAlias(node) ? node.resolve(document) : node;
    let next: unknown = null;
    if (isMap(here)) {
      const pair = here.items.find((item) => isScalar(item.key) && String(item.key.value) === String(part));
      if (!pair) break;
      key = pair.key as Node;
      next = pair.value;
    } else if (isSeq(here)) {
      next = here.items[Number(part)];
      key = isNode(next) ? next : key;
    }
    if (!isNode(next)) {
      node = key;
      break;
    }
    node = next;
  }
  return { node, key };
}
