/** Modules as a tree of packages by their dotted names, or by directories where they have none. */

/** A package, a module, or loose modules of a wide package that are shown as one. */
export interface TreeNode {
  /** What its parent does not say already. */
  readonly label: string;
  /** Dotted; the path where there is none. */
  readonly name: string;
  /** Index of the package around it; -1 at the top. Packages come before what is in them. */
  readonly parent: number;
  /** Of a module; `null` for packages and groups. */
  readonly path: string | null;
  readonly isGroup: boolean;
}

interface Branch {
  readonly name: string;
  readonly packages: Map<string, Branch>;
  readonly modules: { label: string; name: string; path: string }[];
}

export interface NamedModule {
  readonly name: string;
  readonly path: string;
}

/** A package that holds nothing but one package is one node with it. */
export function packageTree(modules: readonly NamedModule[]): TreeNode[] {
  const root: Branch = branch('');
  for (const { name, path } of [...modules].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const [parts, separator] = partsOf(name, path);
    let here = root;
    for (const part of parts.slice(0, -1)) {
      const known = here.packages.get(part) ?? branch(here.name === '' ? part : `${here.name}${separator}${part}`);
      here.packages.set(part, known);
      here = known;
    }
    here.modules.push({ label: parts.at(-1) as string, name, path });
  }
  const nodes: TreeNode[] = [];
  grow(root, -1, nodes);
  return nodes;
}

/** The `__init__` of a package lies in it. */
function partsOf(name: string, path: string): [string[], string] {
  if (name === path) return [path.split('/'), '/'];
  const parts = name.split('.');
  const init = /(?:^|\/)(__init__\.pyi?)$/.exec(path)?.[1];
  return [init ? [...parts, init.replace(/\.pyi?$/, '')] : parts, '.'];
}

function branch(name: string): Branch {
  return { name, packages: new Map(), modules: [] };
}

function grow(root: Branch, parent: number, nodes: TreeNode[]): void {
  const open: [Branch, number][] = [[root, parent]];
  for (let next = open.shift(); next; next = open.shift()) {
    const [here, index] = next;
    for (const [part, inner] of [...here.packages].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const [label, packed] = straightDown(part, inner);
      open.push([packed, nodes.length]);
      nodes.push({ label, name: packed.name, parent: index, path: null, isGroup: false });
    }
    for (const { label, name, path } of here.modules) nodes.push({ label, name, parent: index, path, isGroup: false });
  }
}

function straightDown(part: string, from: Branch): [string, Branch] {
  let [label, here] = [part, from];
  while (here.modules.length === 0 && here.packages.size === 1) {
    const [[name, only]] = here.packages as unknown as [[string, Branch]];
    [label, here] = [`${label}.${name}`, only];
  }
  return [label, here];
}

/** Wider than this is not seen at a glance; fewer loose modules than this do not make it so. */
const WIDE = 60;
const LOOSE = 24;
/** More than this on one picture is slow and says nothing. */
const MOST_IN_GROUP = 240;

/** Some children of one package, together under a label, or each by itself. */
interface Part {
  readonly label: string | null;
  readonly members: readonly number[];
}

/**
 * The tree as it is drawn. At a wide top, what stands in another directory that Python imports from (`tests/`) is put
 * together; in wide packages the loose modules are, many of them by their first letters.
 */
export function groupedTree(nodes: readonly TreeNode[]): TreeNode[] {
  const children = childrenOf(nodes);
  const found: TreeNode[] = [];
  const open: [number, number][] = [[-1, -1]];
  const group = (label: string, name: string, parent: number) =>
    found.push({ label, name, parent, path: null, isGroup: true }) - 1;
  for (let next = open.shift(); next; next = open.shift()) {
    const [here, index] = next;
    for (const root of rootParts(nodes, children, here)) {
      const around = root.label === null ? index : group(root.label, root.label, index);
      for (const { label, members } of looseParts(nodes, root.members)) {
        const parent = label === null ? around : group(label, nodes[here]?.name ?? label, around);
        for (const child of members) {
          open.push([child, found.length]);
          found.push({ ...(nodes[child] as TreeNode), parent });
        }
      }
    }
  }
  return found;
}

function rootParts(nodes: readonly TreeNode[], children: ReadonlyMap<number, readonly number[]>, here: number): Part[] {
  const own = children.get(here) ?? [];
  if (here !== -1 || own.length <= WIDE) return [{ label: null, members: own }];
  const roots = [...rootsOf(nodes, children, own)];
  return roots.map(([root, members]) => {
    const isGrouped = root !== '' && roots.length > 1 && members.length > LOOSE;
    return { label: isGrouped ? `${root}/` : null, members };
  });
}

function looseParts(nodes: readonly TreeNode[], own: readonly number[]): Part[] {
  const isLoose = (child: number) => nodes[child]?.path !== null;
  const loose = own.filter(isLoose);
  const isGrouped =
    loose.length > MOST_IN_GROUP || (own.length > WIDE && loose.length > LOOSE && loose.length < own.length);
  if (!isGrouped) return [{ label: null, members: own }];
  const groups = chunks(loose).map((members): Part => {
    const [first, last] = [nodes[members[0] as number] as TreeNode, nodes[members.at(-1) as number] as TreeNode];
    return { label: members.length === loose.length ? 'modules' : `${first.label} … ${last.label}`, members };
  });
  return [{ label: null, members: own.filter((child) => !isLoose(child)) }, ...groups];
}

/** By the directory that the first module of each is imported from: its path without what its name says. */
function rootsOf(
  nodes: readonly TreeNode[],
  children: ReadonlyMap<number, readonly number[]>,
  own: readonly number[],
): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const child of own) {
    let first = child;
    while (nodes[first]?.path === null) first = (children.get(first) as number[]).at(-1) as number;
    const { path, name } = nodes[first] as TreeNode & { path: string };
    const parts = path.replace(/(?:\/__init__)?\.\w+$/, '').split('/');
    const root = name === path ? parts.slice(0, 1) : parts.slice(0, Math.max(0, parts.length - name.split('.').length));
    found.set(root.join('/'), [...(found.get(root.join('/')) ?? []), child]);
  }
  return found;
}

function chunks(items: readonly number[]): number[][] {
  const count = Math.ceil(items.length / MOST_IN_GROUP);
  const size = Math.ceil(items.length / count);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}

export function childrenOf(nodes: readonly TreeNode[]): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (const [index, { parent }] of nodes.entries()) {
    const own = found.get(parent);
    if (own) own.push(index);
    else found.set(parent, [index]);
  }
  return found;
}
