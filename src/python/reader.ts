/** Both depths of reading with one parser. */
import type { PythonReader } from '../core/codebase.js';
import { condense } from './condense.js';
import { extractFacts } from './facts.js';
import type { Parser } from './parser.js';
import { skim } from './skim/index.js';
import { wordUses } from './skim/word-uses.js';

export function pythonReader(parser: Parser): PythonReader {
  const facts = (text: string) => extractFacts(text, parser.parse(text));
  return { facts, skim: (text, own) => skim(text, facts) ?? condense(own(), text), wordUses };
}
