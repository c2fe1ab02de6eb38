/**
 * Whoever imports a shim imports what it stands for, and the shims go: each deletion is proved on what is left then. A
 * shim that something still uses is refused with the place.
 */
import type { Transform } from '../../src/index.js';

const transform: Transform = (file, { py, graph, remove }) => {
  if (graph.shim(file.path)?.target) {
    remove(file.path);
    return null;
  }
  const shims = new Set(graph.imports(file.path).map(({ importedPath }) => importedPath));
  const source = py(file);
  for (const path of [...shims].sort()) {
    const shim = graph.shim(path);
    if (!shim?.target) continue;
    source.redirectImport(shim.oldName, shim.newName);
    for (const text of source.strings())
      if (text.value === shim.oldName || text.value.startsWith(`${shim.oldName}.`))
        source.replace({ start: text.start, end: text.start + shim.oldName.length }, shim.newName);
  }
  return source.toSource();
};

export default transform;
