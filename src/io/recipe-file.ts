/** Files that people write for the tool: maps of moves. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { MovedFile } from '../core/model.js';

/** A mapping of FROM to TO. */
export function readMap(directory: string, file: string): MovedFile[] {
  const map = JSON.parse(readFileSync(resolve(directory, file), 'utf8')) as Record<string, string>;
  return Object.entries(map).map(([from, to]) => ({ from, to }));
}
