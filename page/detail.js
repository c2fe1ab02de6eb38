/** What is said beside the picture of what is chosen in it. */
import { button, counted, element, grouped, named } from './dom.js';
import { at, isBad, packagesAround } from './model.js';

/** @import { Arrow, Graph } from './model.js' */
/** @typedef {{ reveal: (node: number) => void, toggle: (node: number) => void }} Actions */

const MOST_ROWS = 80;

/** @param {HTMLElement} panel @param {Graph} graph @param {number | null} node @param {boolean} isOpen @param {Actions} actions */
export function showDetail(panel, graph, node, isOpen, actions) {
  if (node === null) {
    panel.replaceChildren(element('p', { class: 'quiet' }, 'Click a package to open it, a module to see its imports.'));
    return;
  }
  const { name, path, label, mark } = at(graph.nodes, node);
  const around = packagesAround(graph, node);
  const trail = around.flatMap((above) => [button(at(graph.nodes, above).label, () => actions.reveal(above)), ' › ']);
  const title = element('h3', {}, named(path === null ? label : name));
  const where = path === null ? [] : [element('p', { class: 'path' }, element('code', {}, named(path)))];
  const facts = element('p', { class: 'quiet' }, factsOf(graph, node) + (mark ? `, ${mark}` : ''));
  const toggle =
    path === null
      ? [
          element(
            'p',
            {},
            button(isOpen ? 'Close' : 'Open', () => actions.toggle(node)),
          ),
        ]
      : [];
  const inside = insideOf(graph, node);
  const out = graph.arrows.filter(({ from, to }) => inside.has(from) && !inside.has(to));
  const into = graph.arrows.filter(({ from, to }) => inside.has(to) && !inside.has(from));
  panel.replaceChildren(
    element('p', { class: 'trail' }, ...trail),
    title,
    ...where,
    facts,
    ...toggle,
    ...list(graph, 'Imports', out, (arrow) => arrow.to, actions),
    ...list(graph, 'Imported by', into, (arrow) => arrow.from, actions),
  );
}

/** @param {Graph} graph @param {number} node */
export function factsOf(graph, node) {
  const { path, level, modules, lines, isGroup } = at(graph.nodes, node);
  const what = path !== null ? 'module' : `${isGroup ? 'group' : 'package'} of ${counted(modules, 'module')}`;
  return `${what}, ${counted(path === null ? linesIn(graph, node) : lines, 'line')}, level ${level}`;
}

/** @param {Graph} graph @param {number} node */
function linesIn(graph, node) {
  return [...insideOf(graph, node)].reduce((sum, inner) => sum + at(graph.nodes, inner).lines, 0);
}

/** @param {Graph} graph @param {number} node @returns {Set<number>} */
function insideOf(graph, node) {
  const found = new Set([node]);
  for (const inner of found) for (const child of at(graph.nodes, inner).children) found.add(child);
  return found;
}

/** @param {Graph} graph @param {string} title @param {readonly Arrow[]} arrows @param {(arrow: Arrow) => number} end @param {Actions} actions */
function list(graph, title, arrows, end, actions) {
  if (arrows.length === 0) return [];
  /** @type {Map<number, Arrow[]>} */
  const byEnd = new Map();
  for (const arrow of arrows) byEnd.set(end(arrow), [...(byEnd.get(end(arrow)) ?? []), arrow]);
  const worst = (/** @type {Arrow[]} */ own) => Number(own.some(isBad));
  const rows = [...byEnd].sort(([, a], [, b]) => worst(b) - worst(a) || b.length - a.length);
  const items = rows.slice(0, MOST_ROWS).map(([node, own]) => {
    const first = at(own, 0);
    const place = own.length === 1 ? `line ${first.line}` : counted(own.length, 'module');
    const notes = [place, first.early ? '' : first.when, own.some(isBad) ? remark(own) : ''].filter(Boolean).join(', ');
    const link = button('', () => actions.reveal(node), { class: 'link' });
    link.append(named(at(graph.nodes, node).name));
    return element(
      'li',
      own.some(isBad) ? { class: 'bad' } : {},
      link,
      ' ',
      element('span', { class: 'quiet' }, notes),
    );
  });
  const more =
    rows.length > MOST_ROWS ? [element('li', { class: 'quiet' }, `and ${grouped(rows.length - MOST_ROWS)} more`)] : [];
  return [element('h4', {}, `${title} (${grouped(rows.length)})`), element('ul', {}, ...items, ...more)];
}

/** @param {readonly Arrow[]} own */
function remark(own) {
  return own.some(({ early, inCycle }) => early && inCycle) ? 'in a cycle' : 'against the levels';
}
