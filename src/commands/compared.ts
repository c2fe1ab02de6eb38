/** Reads one module for comparison: its outline, and what its imports really reach. */
import type { Codebase } from '../core/codebase.js';
import type { ComparedModule } from '../core/compare.js';
import type { Linker, Value } from '../core/linker.js';
import type { ImportTarget, Outline } from '../core/outline.js';
import { problem, RegraftError } from '../core/problems.js';

/** The outline of a text, which a blob may name: equal bytes have one. */
export type OutlineOf = (text: string, blob: string | undefined) => Outline;

/** @throws RegraftError `unreadable` when the module cannot be decoded */
export function comparedModule(codebase: Codebase, linker: Linker, outlineOf: OutlineOf, path: string): ComparedModule {
  const source = codebase.text(path);
  if ('undecodable' in source) {
    throw new RegraftError(
      problem('unreadable', `${path} cannot be compared: ${source.undecodable}`, {
        place: path,
        hint: 'make it a regular file in UTF-8',
      }),
    );
  }
  const blob = codebase.snapshot.entry(path)?.blob;
  return {
    path,
    hash: blob ?? path,
    text: source.text,
    outline: outlineOf(source.text, blob),
    resolveImport: (target) => meaning(linker, path, target),
    importSource: ({ level, module }) => {
      const { found } = linker.module(path, level, module);
      return found && found.kind !== 'namespace' ? found.path : undefined;
    },
  };
}

/** The same for two files exactly when the import gives both the same thing. */
function meaning(linker: Linker, path: string, target: ImportTarget): string {
  const written = `${'.'.repeat(target.level)}${target.module}`;
  const source = linker.module(path, target.level, target.module);
  if (!source.found)
    return source.internal ? `missing ${written} ${target.name}` : `external ${target.module} ${target.name}`;
  if (target.name === null || target.name === '*') return `module ${source.found.path} ${target.name}`;
  return valueText(linker.member(source.found, target.name));
}

function valueText(value: Value): string {
  if (value.kind === 'module') return `module ${value.found.path} null`;
  if (value.kind === 'object') return `object ${value.path} ${value.name}`;
  return value.kind === 'external' ? `external ${value.dotted}` : value.kind;
}
