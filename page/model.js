/**
 * The graph as the page keeps it: packages as a tree, what is visible when some of them are open, and the imports between
 * what is visible. Knows no document and no picture.
 */

/**
 * @typedef {object} GraphNode
 * @property {string} label
 * @property {string} name
 * @property {number} parent -1 at the top
 * @property {number} level among those of the same parent; 0 imports none of them
 * @property {string | null} path of a module
 * @property {boolean} isGroup
 * @property {number} lines
 * @property {string} mark what becomes of it
 * @property {number[]} children
 * @property {number} modules in it, or 1
 *
 * @typedef {object} Arrow
 * @property {number} from
 * @property {number} to
 * @property {number} line
 * @property {string} when
 * @property {number} count
 * @property {boolean} early runs when the importer is imported
 * @property {boolean} against goes against the levels
 * @property {boolean} inCycle
 *
 * @typedef {object} Graph
 * @property {string} title
 * @property {GraphNode[]} nodes
 * @property {Arrow[]} arrows
 * @property {number[]} roots
 *
 * @typedef {object} GraphIsland
 * @property {string} title
 * @property {[string, string, number, number, string | null, number, number, string][]} nodes
 * @property {number[]} arrows six numbers each
 *
 * @typedef {{ from: number, to: number, count: number, early: boolean, bad: number }} DrawnEdge
 *
 * @typedef {'all' | 'early' | 'bad'} EdgeChoice
 */

const WHENS = ['runtime', 'conditional', 'guarded', 'lazy', 'typing'];

/** @param {GraphIsland} island @returns {Graph} */
export function decoded({ title, nodes: rows, arrows: numbers }) {
  const nodes = rows.map(([label, name, parent, level, path, isGroup, lines, mark]) => {
    return {
      label,
      name,
      parent,
      level,
      path,
      isGroup: isGroup === 1,
      lines,
      mark,
      children: [],
      modules: path ? 1 : 0,
    };
  });
  /** @type {number[]} */
  const roots = [];
  for (const [index, { parent }] of nodes.entries()) (parent < 0 ? roots : at(nodes, parent).children).push(index);
  // Packages come before what is in them.
  for (let index = nodes.length - 1; index >= 0; index--) {
    const { parent, modules } = at(nodes, index);
    if (parent >= 0) at(nodes, parent).modules += modules;
  }
  const arrows = [];
  for (let index = 0; index < numbers.length; index += 6) {
    const [from = 0, to = 0, line = 0, when = 0, count = 0, flags = 0] = numbers.slice(index, index + 6);
    const bits = { early: (flags & 1) > 0, against: (flags & 2) > 0, inCycle: (flags & 4) > 0 };
    arrows.push({ from, to, line, when: WHENS[when] ?? '', count, ...bits });
  }
  return { title, nodes, arrows, roots };
}

/** @template T @param {readonly T[]} items @param {number} index @returns {T} */
export function at(items, index) {
  return /** @type {T} */ (items[index]);
}

/** @param {Graph} graph @param {number} node @returns {number[]} outermost first */
export function packagesAround(graph, node) {
  const found = [];
  for (let here = at(graph.nodes, node).parent; here >= 0; here = at(graph.nodes, here).parent) found.unshift(here);
  return found;
}

/** More than this is not opened by itself, and less than this is too little to look at. */
const MUCH = 40;
const LITTLE = 12;

/** Opened at first: where there is little to see, the package that most of it is in. @param {Graph} graph @returns {Set<number>} */
export function firstOpen(graph) {
  const open = new Set();
  let shown = graph.roots;
  while (shown.length <= LITTLE) {
    const all = shown.reduce((sum, node) => sum + at(graph.nodes, node).modules, 0);
    const main = shown.find((node) => at(graph.nodes, node).modules * 2 > all);
    const inside = main === undefined ? [] : at(graph.nodes, main).children;
    if (inside.length === 0 || inside.length > MUCH) break;
    open.add(main);
    shown = inside;
  }
  return open;
}

/** Modules whose name or path has the words, and what they lie in; everything without words. @param {Graph} graph @param {string} text @returns {boolean[] | null} */
export function matching(graph, text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return null;
  const kept = graph.nodes.map(() => false);
  for (const [index, { path, name }] of graph.nodes.entries()) {
    const said = `${name} ${path ?? ''}`.toLowerCase();
    if (path === null || !words.every((word) => said.includes(word))) continue;
    for (let here = index; here >= 0 && !kept[here]; here = at(graph.nodes, here).parent) kept[here] = true;
  }
  return kept;
}

/**
 * For each node what stands for it in the picture: itself, the closed package around it, or -1 where it is filtered out.
 * @param {Graph} graph @param {ReadonlySet<number>} open @param {readonly boolean[] | null} kept @returns {number[]}
 */
export function standIns(graph, open, kept) {
  const found = graph.nodes.map(() => -1);
  for (const [index, { parent }] of graph.nodes.entries()) {
    if (kept && !kept[index]) continue;
    const around = parent < 0 ? -1 : at(found, parent);
    const isInside = parent >= 0 && !(around === parent && open.has(parent));
    found[index] = isInside ? around : index;
  }
  return found;
}

/** @param {Graph} graph @param {readonly number[]} stand @param {EdgeChoice} choice @returns {DrawnEdge[]} */
export function drawnEdges(graph, stand, choice) {
  /** @type {Map<number, DrawnEdge>} */
  const found = new Map();
  for (const arrow of graph.arrows) {
    const [from, to] = [at(stand, arrow.from), at(stand, arrow.to)];
    const bad = isBad(arrow);
    if (from < 0 || to < 0 || from === to || (choice === 'early' && !arrow.early) || (choice === 'bad' && !bad))
      continue;
    const key = from * graph.nodes.length + to;
    const known = found.get(key) ?? { from, to, count: 0, early: false, bad: 0 };
    found.set(key, {
      ...known,
      count: known.count + arrow.count,
      early: known.early || arrow.early,
      bad: known.bad + Number(bad),
    });
  }
  return [...found.values()];
}

/** Goes against the levels or closes a cycle, and runs when the importer is imported. @param {Arrow} arrow */
export function isBad({ early, against, inCycle }) {
  return early && (against || inCycle);
}

/** The best first. @param {Graph} graph @param {string} text @param {number} most @returns {number[]} */
export function searched(graph, text, most) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  /** @type {[number, number][]} */
  const found = [];
  for (const [index, { name, path, label, isGroup }] of graph.nodes.entries()) {
    const said = `${name} ${path ?? ''}`.toLowerCase();
    if (isGroup || !words.every((word) => said.includes(word))) continue;
    const [last, first] = [label.toLowerCase(), at(words, 0)];
    const rank = last === first ? 0 : last.startsWith(first) ? 1 : last.includes(first) ? 2 : 3;
    found.push([rank * 1000 + Math.min(999, said.length), index]);
  }
  return found
    .sort(([a, i], [b, j]) => a - b || i - j)
    .slice(0, most)
    .map(([, index]) => index);
}
