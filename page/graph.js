/** The graph to look around in: opening packages, choosing, searching, filtering; by pointer and by keys. */
import { factsOf, showDetail } from './detail.js';
import { counted, grouped, one } from './dom.js';
import { at, decoded, drawnEdges, firstOpen, matching, packagesAround, searched, standIns } from './model.js';
import { fitted, newPicture, painted, redraw } from './picture.js';
import { startSearch } from './search.js';

/** @import { EdgeChoice, Graph, GraphIsland } from './model.js' */

/** With more on the picture, what was opened first is closed again. */
const MOST_SHOWN = 900;
/** As few matches are shown with all that they lie in. */
const FEW_MATCHES = 120;
const MOST_OFFERS = 30;

/** @typedef {{ open: Set<number>, chosen: number | null, kept: boolean[] | null, choice: EdgeChoice, stand: number[] }} State */

/** @param {readonly GraphIsland[]} islands @returns {{ repaint: () => void } | null} */
export function startGraph(islands) {
  const stage = one('#picture');
  if (!stage || islands.length === 0) return null;
  const view = new GraphView(stage, islands.map(decoded));
  view.listen();
  view.update();
  view.fit();
  return { repaint: () => painted(view.picture) };
}

class GraphView {
  /** @param {HTMLElement} stage @param {Graph[]} graphs */
  constructor(stage, graphs) {
    this.stage = stage;
    this.graphs = graphs;
    this.graph = at(graphs, graphs.length - 1);
    this.picture = newPicture(stage);
    painted(this.picture);
    /** @type {State} */
    this.state = { open: firstOpen(this.graph), chosen: null, kept: null, choice: 'all', stand: [] };
  }

  /** Open packages; where a filter leaves little, all that it leaves is open. */
  opened() {
    const { kept, open } = this.state;
    if (!kept) return open;
    const matches = this.graph.nodes.filter(({ path }, index) => path !== null && kept[index]).length;
    return matches > FEW_MATCHES
      ? open
      : new Set(this.graph.nodes.flatMap(({ path }, index) => (path === null && kept[index] ? [index] : [])));
  }

  update() {
    const { kept, choice } = this.state;
    const open = this.opened();
    this.state.stand = standIns(this.graph, open, kept);
    const edges = drawnEdges(this.graph, this.state.stand, choice);
    const drawn = redraw(this.picture, this.graph, open, this.state.stand, edges);
    const shown = this.state.stand.filter((stand, index) => stand === index && !open.has(index)).length;
    const imports = edges.reduce((sum, { count }) => sum + count, 0);
    const bad = edges.reduce((sum, edge) => sum + edge.bad, 0);
    const lines = drawn < edges.length ? `, the first ${grouped(drawn)} of ${grouped(edges.length)} lines drawn` : '';
    this.say(
      '#graph-status',
      `${counted(shown, 'box').replace('boxs', 'boxes')} shown, ${counted(imports, 'import')} between them, ${grouped(bad)} against the levels or in a cycle${lines}`,
    );
    this.light();
  }

  /** @param {string} selector @param {string} text */
  say(selector, text) {
    const place = one(selector);
    if (place) place.textContent = text;
  }

  fit() {
    fitted(this.picture);
  }

  /** The chosen one, what it imports and what imports it stand out. */
  light() {
    const { chosen, stand } = this.state;
    const { picture } = this;
    picture.batch(() => {
      picture.elements().removeClass('dim near chosen');
      const node =
        chosen === null ? null : picture.getElementById(`n${this.opened().has(chosen) ? chosen : stand[chosen]}`);
      if (!node || node.empty()) return;
      node.addClass('chosen');
      // Of an open package there would be too many.
      if (node.hasClass('open')) return;
      const near = node.connectedEdges();
      if (near.nonempty()) picture.edges().difference(near).addClass('dim');
      near.addClass('near');
    });
    const panel = one('#detail');
    const isOpen = chosen !== null && this.opened().has(chosen);
    if (panel)
      showDetail(panel, this.graph, chosen, isOpen, {
        reveal: (id) => this.reveal(id),
        toggle: (id) => this.toggle(id),
      });
    if (chosen === null) return;
    const { name, path } = at(this.graph.nodes, chosen);
    this.say(
      '#graph-said',
      `${name}, ${factsOf(this.graph, chosen)}${path === null ? (isOpen ? ', open' : ', closed') : ''}`,
    );
  }

  /** @param {number | null} node */
  choose(node) {
    this.state.chosen = node;
    this.light();
  }

  /** @param {number} node */
  toggle(node) {
    const { open } = this.state;
    if (open.has(node)) this.close(node);
    else {
      open.add(node);
      this.limit(node);
    }
    this.state.chosen = node;
    this.update();
    fitted(this.picture, `n${node}`);
  }

  /** Sets keep the order in which things went in. @param {number} node */
  limit(node) {
    const { open } = this.state;
    const needed = new Set([node, ...packagesAround(this.graph, node)]);
    const shown = () => [...open].reduce((sum, each) => sum + at(this.graph.nodes, each).children.length, 0);
    for (const each of [...open]) if (shown() > MOST_SHOWN && !needed.has(each)) this.close(each);
  }

  /** With all that is open in it. @param {number} node */
  close(node) {
    for (const each of [...this.state.open])
      if (each === node || packagesAround(this.graph, each).includes(node)) this.state.open.delete(each);
  }

  /** Opens what it lies in and brings it into sight. @param {number} node */
  reveal(node) {
    const { state } = this;
    if (state.kept && !state.kept[node]) this.filter('');
    for (const around of packagesAround(this.graph, node)) state.open.add(around);
    this.limit(node);
    state.chosen = node;
    this.update();
    fitted(this.picture, `n${node}`);
  }

  /** @param {string} text */
  filter(text) {
    const input = one('#graph-filter');
    if (input instanceof HTMLInputElement && input.value !== text) input.value = text;
    this.state.kept = matching(this.graph, text);
    this.update();
    this.fit();
  }

  /** @param {Graph} graph */
  switchTo(graph) {
    this.graph = graph;
    const filter = one('#graph-filter');
    const kept = filter instanceof HTMLInputElement ? matching(graph, filter.value) : null;
    this.state = { ...this.state, open: firstOpen(graph), chosen: null, kept };
    this.update();
    this.fit();
  }

  listen() {
    const { picture, state } = this;
    picture.on('tap', (event) => {
      if (event.target === picture) return this.choose(null);
      const node = event.target.data('node');
      if (typeof node !== 'number') return;
      if (event.target.hasClass('package')) this.toggle(node);
      else this.choose(node);
    });
    this.onInput('#graph-filter', (text) => this.filter(text));
    this.onInput('#graph-edges', (text) => {
      this.state.choice = text === 'early' || text === 'bad' ? text : 'all';
      this.update();
    });
    this.onInput('#graph-state', (text) => this.switchTo(at(this.graphs, Number(text))));
    const actions = {
      '#zoom-in': () => this.zoom(1.3),
      '#zoom-out': () => this.zoom(1 / 1.3),
      '#fit': () => this.fit(),
    };
    for (const [selector, action] of Object.entries(actions)) one(selector)?.addEventListener('click', action);
    one('#close-all')?.addEventListener('click', () => this.switchTo(this.graph));
    const [input, list] = [one('#search'), one('#offers')];
    if (input && list)
      startSearch(
        input,
        list,
        (text) => this.offers(text),
        (id) => this.reveal(id),
      );
    this.stage.addEventListener('keydown', (event) => this.key(event));
    this.stage.addEventListener('focus', () => state.chosen === null && this.choose(this.nearest(0, 1)));
    new ResizeObserver(() => picture.resize()).observe(this.stage);
  }

  /** @param {string} selector @param {(value: string) => void} action */
  onInput(selector, action) {
    const input = one(selector);
    if (input instanceof HTMLInputElement || input instanceof HTMLSelectElement)
      input.addEventListener('input', () => action(input.value));
  }

  /** @param {string} text */
  offers(text) {
    return searched(this.graph, text, MOST_OFFERS).map((id) => {
      const { name, path, modules } = at(this.graph.nodes, id);
      return { id, label: name, note: path ?? counted(modules, 'module') };
    });
  }

  /** @param {number} factor */
  zoom(factor) {
    const { picture } = this;
    const middle = { x: picture.width() / 2, y: picture.height() / 2 };
    picture.zoom({ level: picture.zoom() * factor, renderedPosition: middle });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const { chosen } = this.state;
    const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const step =
      event.altKey || event.ctrlKey || event.metaKey
        ? undefined
        : Object.entries(steps).find(([key]) => key === event.key)?.[1];
    const parent = chosen === null ? -1 : at(this.graph.nodes, chosen).parent;
    const isPackage = chosen !== null && at(this.graph.nodes, chosen).path === null;
    if (step) this.step(step[0] ?? 0, step[1] ?? 0);
    else if ((event.key === 'Enter' || event.key === ' ') && chosen !== null && isPackage) this.toggle(chosen);
    else if (event.key === 'Backspace' && this.state.open.has(parent)) this.toggle(parent);
    else if (event.key === 'Escape') this.choose(null);
    else if (event.key === '+' || event.key === '=') this.zoom(1.3);
    else if (event.key === '-') this.zoom(1 / 1.3);
    else if (event.key === '0') this.fit();
    else return;
    event.preventDefault();
  }

  /** @param {number} x @param {number} y */
  step(x, y) {
    const node = this.nearest(x, y);
    if (node === null) return;
    this.choose(node);
    const place = this.picture.getElementById(`n${node}`);
    const box = place.renderedBoundingBox();
    const isSeen = box.x1 > 0 && box.y1 > 0 && box.x2 < this.picture.width() && box.y2 < this.picture.height();
    if (!isSeen) this.picture.center(place);
  }

  /** The nearest closed box in a direction; without a chosen one the first. @param {number} x @param {number} y @returns {number | null} */
  nearest(x, y) {
    const boxes = this.picture.nodes('.package, .module');
    const { chosen } = this.state;
    const here = chosen === null ? null : this.picture.getElementById(`n${this.state.stand[chosen]}`);
    if (!here || here.empty() || here.hasClass('open'))
      return boxes.empty() ? null : boxes.min((box) => box.position('y') * 1e5 + box.position('x')).ele.data('node');
    const from = here.position();
    let [best, least] = [null, Number.POSITIVE_INFINITY];
    for (const box of boxes.toArray()) {
      const [dx, dy] = [box.position('x') - from.x, box.position('y') - from.y];
      const [along, aside] = x !== 0 ? [dx * x, Math.abs(dy)] : [dy * y, Math.abs(dx)];
      const cost = along + aside * (x !== 0 ? 4 : 0.8);
      if (along > 4 && cost < least) [best, least] = [box.data('node'), cost];
    }
    return best;
  }
}
