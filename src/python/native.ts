/** The native tree-sitter binding. An optional dependency: it needs a prebuilt binary or a compiler. */
import { createRequire } from 'node:module';
import type { Parser } from './parser.js';
import { type Cursor, TreeCopier } from './syntax.js';

interface NativeParser {
  setLanguage(language: unknown): void;
  parse(
    text: string,
    old: undefined,
    options: { bufferSize: number },
  ): { rootNode: { hasError: boolean; walk(): Cursor } };
}

/** @throws Error when the binding is not installed or does not load. */
export function loadNative(): Parser {
  const require = createRequire(import.meta.url);
  const NativeParser = require('tree-sitter') as new () => NativeParser;
  const parser = new NativeParser();
  parser.setLanguage(require('tree-sitter-python'));
  const copier = new TreeCopier();
  return {
    engine: 'native',
    // The binding copies the text into one buffer of UTF-16 units; its default of 32 Ki units fails on longer files.
    parse: (text) => {
      const { rootNode } = parser.parse(text, undefined, { bufferSize: text.length * 2 + 1024 });
      return copier.copy(rootNode.walk(), rootNode.hasError);
    },
  };
}
