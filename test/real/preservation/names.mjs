/** Paths and dotted names before and after a map of moves. Paths are relative to the repository. */

const isIdentifier = (word) => /^[A-Za-z_]\w*$/.test(word);

/** The dotted name that a path has below a root; `null` where Python could not import it by one. */
export function dotted(path, root) {
  const prefix = root === '' ? '' : `${root}/`;
  if (!path.startsWith(prefix)) return null;
  const parts = path
    .slice(prefix.length)
    .replace(/\.pyi?$/, '')
    .split('/');
  if (parts.length > 1 && parts.at(-1) === '__init__') parts.pop();
  return parts.every(isIdentifier) ? parts.join('.') : null;
}

/** Modules of some files, those of the given top-level names only: path to dotted name. */
export function modulesOf(files, { root, tops }) {
  const named = files.filter((path) => path.endsWith('.py')).map((path) => [path, dotted(path, root)]);
  return new Map(named.filter(([, name]) => name !== null && tops.includes(name.split('.')[0])));
}

/** Where a path stands afterwards: the longest entry that is the path, or a directory above it, decides. */
export function movedPath(path, moves) {
  const found = Object.keys(moves)
    .filter((from) => path === from || path.startsWith(`${from}/`) || isStubOf(path, from))
    .sort((a, b) => b.length - a.length)[0];
  if (found === undefined) return path;
  if (isStubOf(path, found) && moves[found].endsWith('.py')) return `${moves[found]}i`;
  return moves[found] + path.slice(found.length);
}

const isStubOf = (path, from) => path === `${from}i` && from.endsWith('.py');

export const inverse = (moves) => Object.fromEntries(Object.entries(moves).map(([from, to]) => [to, from]));

/**
 * Says what a dotted name afterwards was called before; names of attributes follow their module. Only names whose module
 * moved are answered differently.
 */
export function relabelling(files, moves, root) {
  const former = new Map();
  const note = (from, to) => {
    const [before, after] = [dotted(from, root), dotted(to, root)];
    if (before !== null && after !== null) former.set(after, before);
  };
  for (const path of files) if (/\.pyi?$/.test(path)) note(path, movedPath(path, moves));
  for (const [from, to] of Object.entries(moves)) if (!from.endsWith('.py')) note(from, to);
  return (name) => {
    for (let end = name.length; end > 0; end = name.lastIndexOf('.', end - 1)) {
      const module = former.get(name.slice(0, end));
      if (module !== undefined) return module + name.slice(end);
    }
    return name;
  };
}

/** A text with every dotted name in it relabelled. */
export const relabelText = (text, relabel) => text.replace(/[A-Za-z_]\w*(?:\.\w+)*/g, (name) => relabel(name));
