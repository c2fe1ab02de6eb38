/**
 * Where everything stands: packages and modules in rows by level, importers above what they import; an open package is a
 * box with rows of its own. Every package is laid out by itself, so the whole takes no more time than there is to see.
 */
import { at } from './model.js';

/** @import { Graph } from './model.js' */
/** @typedef {{ x: number, y: number, width: number, height: number }} Box of the middle */
/** @typedef {{ width: number, height: number, rows: { level: number, y: number }[], place: (x: number, y: number) => void }} Block */

const GAP = 22;
const ROW_GAP = 16;
const LEVEL_GAP = 42;
/** What a row that is not full is spread to, as long as its boxes stay together. */
const WIDE = 1.4;
const LOOSEST = 90;
const ASIDE = 0.16;
const PADDING = { side: 18, top: 38, bottom: 18 };
const LONGEST_LABEL = 30;
const LETTER = 6.9;

/** @param {string} text */
export function shortLabel(text) {
  const letters = [...text];
  return letters.length > LONGEST_LABEL ? `${letters.slice(0, LONGEST_LABEL - 1).join('')}…` : text;
}

/** What a closed node says of itself. @param {Graph} graph @param {number} node */
export function labelOf(graph, node) {
  const { label, path, modules } = at(graph.nodes, node);
  return path === null ? `${shortLabel(label)}  ${modules}` : shortLabel(label);
}

/**
 * @param {Graph} graph @param {ReadonlySet<number>} open @param {readonly number[]} stand see `standIns`
 * @returns {{ boxes: Map<number, Box>, levels: { level: number, x: number, y: number }[] }}
 */
export function layout(graph, open, stand) {
  /** @type {Map<number, Box>} */
  const boxes = new Map();
  const links = siblingLinks(graph, stand);
  const isShown = (/** @type {number} */ node) => stand[node] === node;
  /** @param {number} node @returns {Block} */
  const blockOf = (node) => {
    const inner = open.has(node) ? at(graph.nodes, node).children.filter(isShown) : [];
    if (inner.length === 0) return closedBlock(graph, node, boxes);
    const block = arranged(graph, inner, blockOf, links);
    const [width, height] = [block.width + 2 * PADDING.side, block.height + PADDING.top + PADDING.bottom];
    const place = (/** @type {number} */ x, /** @type {number} */ y) => {
      boxes.set(node, { x: x + width / 2, y: y + height / 2, width, height });
      block.place(x + PADDING.side, y + PADDING.top);
    };
    return { width, height, rows: [], place };
  };
  const whole = arranged(graph, graph.roots.filter(isShown), blockOf, links);
  whole.place(0, 0);
  return { boxes, levels: whole.rows.map(({ level, y }) => ({ level, x: -60, y })) };
}

/** @param {Graph} graph @param {number} node @param {Map<number, Box>} boxes @returns {Block} */
function closedBlock(graph, node, boxes) {
  const isModule = at(graph.nodes, node).path !== null;
  const width = Math.max(44, [...labelOf(graph, node)].length * LETTER + (isModule ? 18 : 26));
  const height = isModule ? 26 : 34;
  const place = (/** @type {number} */ x, /** @type {number} */ y) =>
    void boxes.set(node, { x: x + width / 2, y: y + height / 2, width, height });
  return { width, height, rows: [], place };
}

/**
 * @param {Graph} graph @param {readonly number[]} members @param {(node: number) => Block} blockOf
 * @param {Map<number, number[]>} links @returns {Block}
 */
function arranged(graph, members, blockOf, links) {
  const blocks = new Map(members.map((node) => [node, blockOf(node)]));
  const block = (/** @type {number} */ node) => /** @type {Block} */ (blocks.get(node));
  const area = members.reduce((sum, node) => sum + (block(node).width + GAP) * (block(node).height + ROW_GAP), 0);
  const widest = Math.max(560, 1.7 * Math.sqrt(area), ...members.map((node) => block(node).width));
  const rows = ordered(graph, members, links).flatMap(([level, nodes]) =>
    wrapped(nodes, (node) => block(node).width, widest).map((row, index) => ({ level, row, isFirst: index === 0 })),
  );
  const tight = (/** @type {number[]} */ row) => row.reduce((sum, node) => sum + block(node).width + GAP, -GAP);
  const heights = rows.map(({ row }) => Math.max(...row.map((node) => block(node).height)));
  const height = heights.reduce((sum, own, index) => sum + own + gapAbove(rows, index), 0);
  const narrowest = Math.max(0, ...rows.map(({ row }) => tight(row)));
  const width = Math.max(narrowest, Math.min(WIDE * height, 4 * narrowest));
  /** @type {{ node: number, x: number, y: number }[]} */
  const spots = [];
  const marks = [];
  let y = 0;
  for (const [index, { level, row, isFirst }] of rows.entries()) {
    y += gapAbove(rows, index);
    const own = at(heights, index);
    const gap = Math.min(LOOSEST, GAP + (width - tight(row)) / (row.length + 1));
    const spare = width - tight(row) - (row.length - 1) * (gap - GAP);
    // Short rows stand by turns left and right of the middle, so that lines past them can be told apart.
    let x = spare * (0.5 + (index % 2 === 0 ? ASIDE : -ASIDE) * Math.min(1, (2 * spare) / width));
    for (const node of row) {
      spots.push({ node, x, y: y + (own - block(node).height) / 2 });
      x += block(node).width + gap;
    }
    if (isFirst) marks.push({ level, y: y + Math.min(own, 34) / 2 });
    y += own;
  }
  const place = (/** @type {number} */ left, /** @type {number} */ top) => {
    for (const spot of spots) block(spot.node).place(left + spot.x, top + spot.y);
  };
  return { width, height, rows: marks, place };
}

/** @param {readonly { isFirst: boolean }[]} rows @param {number} index */
function gapAbove(rows, index) {
  if (index === 0) return 0;
  return at(rows, index).isFirst ? LEVEL_GAP : ROW_GAP;
}

/** Levels from the top, in each what is linked to the same things side by side. @param {Graph} graph @param {readonly number[]} members @param {Map<number, number[]>} links @returns {[number, number[]][]} */
function ordered(graph, members, links) {
  /** @type {Map<number, number[]>} */
  const byLevel = new Map();
  for (const node of members) {
    const { level } = at(graph.nodes, node);
    byLevel.set(level, [...(byLevel.get(level) ?? []), node]);
  }
  const rows = [...byLevel].sort(([a], [b]) => b - a);
  /** @type {Map<number, number>} */
  const place = new Map();
  const keep = (/** @type {number[]} */ row) =>
    row.forEach((node, index) => void place.set(node, (index + 0.5) / row.length));
  for (const [, row] of rows) keep(row);
  for (const sweep of [rows, [...rows].reverse()]) {
    for (const [, row] of sweep) {
      const middle = new Map(
        row.map((node) => [node, averageOf(links.get(node) ?? [], place, at(graph.nodes, node).level, graph)]),
      );
      row.sort((a, b) => (middle.get(a) ?? place.get(a) ?? 0) - (middle.get(b) ?? place.get(b) ?? 0) || a - b);
      keep(row);
    }
  }
  return rows;
}

/** @param {readonly number[]} neighbours @param {Map<number, number>} place @param {number} level @param {Graph} graph */
function averageOf(neighbours, place, level, graph) {
  const known = neighbours
    .filter((node) => at(graph.nodes, node).level !== level)
    .map((node) => place.get(node) ?? 0.5);
  return known.length > 0 ? known.reduce((sum, value) => sum + value, 0) / known.length : undefined;
}

/** @param {readonly number[]} nodes @param {(node: number) => number} widthOf @param {number} widest */
function wrapped(nodes, widthOf, widest) {
  /** @type {number[][]} */
  const rows = [];
  let left = 0;
  for (const node of nodes) {
    const width = widthOf(node) + GAP;
    const row = rows.at(-1);
    if (row && width <= left) row.push(node);
    else {
      rows.push([node]);
      left = widest + GAP;
    }
    left -= width;
  }
  return rows;
}

/** For each shown node, or open package around one, what lies beside it and is linked to it. @param {Graph} graph @param {readonly number[]} stand */
function siblingLinks(graph, stand) {
  /** @type {Map<number, Set<number>>} */
  const found = new Map();
  const depths = graph.nodes.map(() => 0);
  for (const [index, { parent }] of graph.nodes.entries()) depths[index] = parent < 0 ? 0 : at(depths, parent) + 1;
  const link = (/** @type {number} */ a, /** @type {number} */ b) => {
    found.set(a, (found.get(a) ?? new Set()).add(b));
    found.set(b, (found.get(b) ?? new Set()).add(a));
  };
  const done = new Set();
  for (const arrow of graph.arrows) {
    let [from, to] = [at(stand, arrow.from), at(stand, arrow.to)];
    const key = from * graph.nodes.length + to;
    if (from < 0 || to < 0 || from === to || done.has(key)) continue;
    done.add(key);
    while (at(depths, from) > at(depths, to)) from = at(graph.nodes, from).parent;
    while (at(depths, to) > at(depths, from)) to = at(graph.nodes, to).parent;
    while (at(graph.nodes, from).parent !== at(graph.nodes, to).parent)
      [from, to] = [at(graph.nodes, from).parent, at(graph.nodes, to).parent];
    link(from, to);
  }
  return new Map([...found].map(([node, others]) => [node, [...others]]));
}
