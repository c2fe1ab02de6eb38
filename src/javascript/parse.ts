/** A file read with one of jscodeshift's parsers, which are handed in. */
import type { ScriptFacts } from '../core/mentions/script.js';
import { dialects, optionsFor } from './dialects.js';
import { scriptFacts } from './facts.js';
import type { Node } from './tree.js';

/** `jscodeshift/src/getParser.js`. */
export type GetParser = (name: string, options: object) => { parse(text: string): unknown };

/** Bundles and generated tables of more than this are not worth a tree. */
const LONGEST = 1_500_000;

/** The facts by the first dialect in which the text parses; `null` where it parses in none. */
export function parsedScript(getParser: GetParser, path: string, text: string): ScriptFacts | null {
  if (text.length > LONGEST) return null;
  for (const plugins of dialects(path)) {
    const file = parsed(getParser, plugins, text);
    if (file) return scriptFacts(file, text);
  }
  return null;
}

function parsed(getParser: GetParser, plugins: readonly unknown[], text: string): Node | null {
  try {
    return getParser('babylon', optionsFor(plugins)).parse(text) as Node;
  } catch {
    // No such dialect, or nested too deeply for the parser.
    return null;
  }
}
