/** The graph as a picture: what is laid out becomes elements of the graph library, in the colours of the theme. */
import { movesLittle } from './dom.js';
import { labelOf, layout, shortLabel } from './layout.js';
import { at } from './model.js';
import { sheet } from './sheet.js';

/** @import { Core, ElementDefinition } from 'cytoscape' */
/** @import { DrawnEdge, Graph } from './model.js' */

/** With more the lines hide one another; those that matter most are drawn. */
const MOST_EDGES = 2500;
/** Above this many, lines are straight and without arrows while the picture moves. */
const MANY = 300;

/** @param {HTMLElement} container @returns {Core} */
export function newPicture(container) {
  return cytoscape({
    container,
    elements: [],
    autoungrabify: true,
    boxSelectionEnabled: false,
    minZoom: 0.03,
    maxZoom: 3,
    hideEdgesOnViewport: false,
    textureOnViewport: false,
    layout: { name: 'preset' },
  });
}

/**
 * Draws anew. @param {Core} picture @param {Graph} graph @param {ReadonlySet<number>} open
 * @param {readonly number[]} stand @param {readonly DrawnEdge[]} edges @returns {number} edges that are drawn
 */
export function redraw(picture, graph, open, stand, edges) {
  const { boxes, levels } = layout(graph, open, stand);
  const drawn = mostTelling(edges);
  /** @type {ElementDefinition[]} */
  const elements = [
    ...[...boxes.keys()].sort((a, b) => a - b).map((node) => nodeElement(graph, node, open, boxes)),
    ...levels.map(levelElement),
    ...drawn.map(edgeElement(drawn.length > MANY)),
  ];
  picture.batch(() => {
    picture.elements().remove();
    picture.add(elements);
  });
  return drawn.length;
}

/** @param {readonly DrawnEdge[]} edges */
function mostTelling(edges) {
  if (edges.length <= MOST_EDGES) return edges;
  return [...edges].sort((a, b) => b.bad - a.bad || b.count - a.count).slice(0, MOST_EDGES);
}

/** @param {Graph} graph @param {number} node @param {ReadonlySet<number>} open @param {ReturnType<typeof layout>['boxes']} boxes @returns {ElementDefinition} */
function nodeElement(graph, node, open, boxes) {
  const { parent, path, label, isGroup, mark } = at(graph.nodes, node);
  const { x = 0, y = 0, width = 0, height = 0 } = boxes.get(node) ?? {};
  const isOpen = open.has(node) && path === null;
  const kind = path !== null ? 'module' : isOpen ? 'open' : 'package';
  const classes = [kind, isGroup ? 'group' : '', mark].filter(Boolean).join(' ');
  const data = { id: `n${node}`, node, width, height, label: isOpen ? shortLabel(label) : labelOf(graph, node) };
  return {
    group: 'nodes',
    data: parent >= 0 ? { ...data, parent: `n${parent}` } : data,
    classes,
    ...(isOpen ? {} : { position: { x, y } }),
  };
}

/** @param {{ level: number, x: number, y: number }} mark @returns {ElementDefinition} */
function levelElement({ level, x, y }) {
  const data = { id: `level${level}`, label: `level ${level}`, width: 60, height: 20 };
  return { group: 'nodes', data, classes: 'level', position: { x, y }, selectable: false };
}

/** @param {boolean} isPlain @returns {(edge: DrawnEdge) => ElementDefinition} */
function edgeElement(isPlain) {
  return ({ from, to, count, early, bad }) => ({
    group: 'edges',
    data: { id: `e${from}-${to}`, source: `n${from}`, target: `n${to}`, width: Math.min(6, 1 + Math.log2(count) / 2) },
    classes: [bad > 0 ? 'bad' : early ? '' : 'later', isPlain ? 'plain' : ''].filter(Boolean).join(' '),
    selectable: false,
  });
}

/** In the colours of the theme. @param {Core} picture */
export function painted(picture) {
  picture.style(sheet());
}

/** A larger picture would only be coarser. */
const LARGEST = 1.25;
const MARGIN = 30;

/**
 * All of it; or an open package, or the package around a module: what one has asked for fills the picture.
 * @param {Core} picture @param {string} [id]
 */
export function fitted(picture, id) {
  const node = id ? picture.getElementById(id) : null;
  const eles = node ? (node.isChildless() && node.parent().nonempty() ? node.parent() : node) : picture.elements();
  const viewport = viewportFor(picture, eles.boundingBox({ includeOverlays: false }));
  if (movesLittle() || picture.elements().length > MANY) picture.viewport(viewport);
  else picture.animate({ ...viewport, duration: 180 });
}

/** @param {Core} picture @param {{ x1: number, y1: number, w: number, h: number }} box */
function viewportFor(picture, { x1, y1, w, h }) {
  const [width, height] = [picture.width(), picture.height()];
  const fits = Math.min((width - 2 * MARGIN) / Math.max(1, w), (height - 2 * MARGIN) / Math.max(1, h));
  const zoom = Math.max(picture.minZoom(), Math.min(LARGEST, fits));
  return { zoom, pan: { x: width / 2 - (x1 + w / 2) * zoom, y: height / 2 - (y1 + h / 2) * zoom } };
}
