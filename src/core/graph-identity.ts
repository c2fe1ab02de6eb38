/** What the import graph of a codebase depends on, so that one that was built before can be told to hold still. Pure. */
import type { Codebase } from './codebase.js';
import { couldBePython } from './file-kinds.js';
import type { ImportGraph } from './graph.js';

/** Graphs that were built before, by {@link graphIdentity}; they outlive the process where somebody keeps them. */
export interface GraphMemory {
  get(identity: string): ImportGraph | undefined;
  set(identity: string, graph: ImportGraph): void;
}

/**
 * Equal for two codebases only where their graphs are: the paths of all files, the contents of those that can be Python,
 * the names of the repository, and what the build configuration declares.
 * @returns `null` where a file would have to be read for it, or cannot be
 */
export function graphIdentity({ snapshot, layout }: Codebase): string | null {
  const { roots, mounts, dependencies, required } = layout.declared;
  const declared = { roots, mounts, dependencies: [...dependencies], required: [...required] };
  const parts = [JSON.stringify([snapshot.directoryName, snapshot.otherNames, declared])];
  for (const file of snapshot.files) {
    const content = couldBePython(file.path) ? file.knownBlob : '';
    if (content === undefined) return null;
    parts.push(file.path, file.mode, content);
  }
  return parts.join('\0');
}
