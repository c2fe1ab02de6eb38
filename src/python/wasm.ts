/** tree-sitter compiled to WebAssembly, with the grammar that tree-sitter-python ships. Needs no compiler. */
import { createRequire } from 'node:module';
import type { TreeCursor } from 'web-tree-sitter';
import type { Parser } from './parser.js';
import { type Cursor, copyTree } from './syntax.js';

/** @throws Error when the grammar file is missing or does not fit the runtime. */
export async function loadWasm(): Promise<Parser> {
  const require = createRequire(import.meta.url);
  const { Parser: WasmParser, Language } = await import('web-tree-sitter');
  await WasmParser.init();
  const language = await Language.load(require.resolve('tree-sitter-python/tree-sitter-python.wasm'));
  const parser = new WasmParser();
  parser.setLanguage(language);
  return {
    engine: 'wasm',
    parse(text) {
      const tree = parser.parse(text);
      if (!tree) throw new Error('the WebAssembly parser gave no tree');
      const cursor = tree.walk();
      try {
        return copyTree(adapt(cursor));
      } finally {
        cursor.delete();
        tree.delete();
      }
    },
  };
}

function adapt(cursor: TreeCursor): Cursor {
  return {
    get type() {
      return cursor.nodeType;
    },
    get named() {
      return cursor.nodeIsNamed;
    },
    get field() {
      return cursor.currentFieldName ?? null;
    },
    get start() {
      return cursor.startIndex;
    },
    get end() {
      return cursor.endIndex;
    },
    get missing() {
      return cursor.nodeIsMissing;
    },
    firstChild: () => cursor.gotoFirstChild(),
    nextSibling: () => cursor.gotoNextSibling(),
    parent: () => cursor.gotoParent(),
  };
}
