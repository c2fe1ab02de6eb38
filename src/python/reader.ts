/** Both depths of reading with one parser. */
import type { PythonReader } from '../core/codebase.js';
import { extractFacts } from './facts.js';
import type { Parser } from './parser.js';
import { skimmed } from './skim/index.js';

export function pythonReader(parser: Parser): PythonReader {
  return { facts: (text) => extractFacts(text, parser.parse(text)), skim: skimmed };
}
