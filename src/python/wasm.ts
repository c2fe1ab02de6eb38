/** tree-sitter compiled to WebAssembly, with the grammar that tree-sitter-python ships. Needs no compiler. */
import { createRequire } from 'node:module';
import type { Parser } from './parser.js';
import { TreeCopier } from './syntax.js';

/** @throws Error when the grammar file is missing or does not fit the runtime. */
export async function loadWasm(): Promise<Parser> {
  const require = createRequire(import.meta.url);
  const { Parser: WasmParser, Language } = await import('web-tree-sitter');
  await WasmParser.init();
  const language = await Language.load(require.resolve('tree-sitter-python/tree-sitter-python.wasm'));
  const parser = new WasmParser();
  parser.setLanguage(language);
  const copier = new TreeCopier();
  return {
    engine: 'wasm',
    parse(text) {
      const tree = parser.parse(text);
      if (!tree) throw new Error('the WebAssembly parser gave no tree');
      const cursor = tree.walk();
      try {
        return copier.copy(cursor, tree.rootNode.hasError);
      } finally {
        cursor.delete();
        tree.delete();
      }
    },
  };
}
