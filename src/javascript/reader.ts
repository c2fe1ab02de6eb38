/** Reads JavaScript and TypeScript with jscodeshift's parsers, which are loaded when the first file is to be read. */
import { createRequire } from 'node:module';
import type { ScriptFacts, ScriptReader } from '../core/mentions/script.js';
import { type GetParser, parsedScript } from './parse.js';

/** Remembers what it has read. */
export function scriptReader(): ScriptReader {
  const known = new Map<string, ScriptFacts | null>();
  let getParser: GetParser | undefined;
  return (path, text) => {
    const key = `${path.slice(path.lastIndexOf('.'))}\0${text}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    getParser ??= createRequire(import.meta.url)('jscodeshift/src/getParser.js') as GetParser;
    const facts = parsedScript(getParser, path, text);
    known.set(key, facts);
    return facts;
  };
}
