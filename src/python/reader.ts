/** Both depths of reading, with a parser that gives the tree of a text. */
import type { PythonReader } from '../core/codebase.js';
import { condense } from './condense.js';
import { extractFacts, importsByValue } from './facts.js';
import { skim } from './skim/index.js';
import { wordUses } from './skim/word-uses.js';
import type { SyntaxNode } from './syntax.js';

export function pythonReader(parse: (text: string) => SyntaxNode): PythonReader {
  const facts = (text: string) => extractFacts(text, parse(text));
  const ofExcerpt = (text: string) => importsByValue(text, parse(text));
  return { facts, skim: (text, own) => skim(text, ofExcerpt) ?? condense(own(), text), wordUses };
}
