/**
 * Chooses a parsing engine: the native binding where it loads, WebAssembly where it does not. Both give the same tree.
 */

import { loadNative } from './native.js';
import type { SyntaxNode } from './syntax.js';
import { loadWasm } from './wasm.js';

export type EngineName = 'native' | 'wasm';

/** Parses Python text to a plain tree. */
export interface Parser {
  readonly engine: EngineName;
  parse(text: string): SyntaxNode;
}

/**
 * Loads an engine. Without a wish the native one is tried first.
 * @throws Error when the wished engine does not load here.
 */
export async function loadParser(wish?: EngineName): Promise<Parser> {
  if (wish === 'native') return loadNative();
  if (wish === 'wasm') return loadWasm();
  try {
    return loadNative();
  } catch {
    return loadWasm();
  }
}
