/** The bundled repository: a codebase of realistic size with eight duplicated modules, generated, always the same. */
import { build } from './builder.js';
import { DOCUMENTS } from './documents.js';
import type { Domain } from './domain.js';
import { companions } from './domains/companions.js';
import { neighbours } from './domains/neighbours.js';
import { orchestration } from './domains/orchestration.js';
import { surroundings } from './domains/surroundings.js';
import { packageFiles } from './packages.js';
import { pairs } from './pairs.js';
import { render } from './python-writer.js';
import { RECIPES } from './recipes.js';
import { SCRIPTS } from './scripts.js';
import { CROSS_TESTS, moduleTest } from './tests.js';

export interface BundledRepository {
  /** What the checkout's directory is called; some tests import through it. */
  readonly name: 'TestMaster';
  /** Texts by path, sorted by path. */
  readonly files: ReadonlyMap<string, string>;
}

/** The repository, computed anew at each call; equal each time. */
export function bundledRepository(): BundledRepository {
  const files = new Map<string, string>(packageFiles());
  for (const pair of pairs()) {
    const test = moduleTest(pair.domain, pair.probes);
    files.set(pair.domain.path, pair.keep);
    files.set(duplicatePath(pair.domain.path), pair.remove);
    files.set(test.path, test.text);
  }
  for (const domain of [...companions, ...neighbours, ...orchestration, ...surroundings]) addSingle(files, domain);
  for (const [path, text] of Object.entries({ ...SCRIPTS, ...CROSS_TESTS, ...DOCUMENTS, ...RECIPES }))
    files.set(path, text);
  return { name: 'TestMaster', files: new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1))) };
}

/** Where the duplicate of a kept module lies. */
export function duplicatePath(keep: string): string {
  return keep.replace(/\.py$/, '_robust.py');
}

function addSingle(files: Map<string, string>, domain: Domain): void {
  const built = build(domain);
  const test = moduleTest(domain, built.used);
  if (files.has(test.path)) throw new Error(`two tests at ${test.path}`);
  files.set(domain.path, render(built.module));
  files.set(test.path, test.text);
}
