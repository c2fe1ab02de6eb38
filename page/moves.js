/** Lines from where a file stands before to where it stands after, between the two trees of a change. */
import { every, one } from './dom.js';

const SVG = 'http://www.w3.org/2000/svg';

export function startMoves() {
  const stage = one('#moves');
  if (!stage) return;
  const canvas = document.createElementNS(SVG, 'svg');
  canvas.setAttribute('aria-hidden', 'true');
  stage.prepend(canvas);
  const draw = () => drawAll(stage, canvas);
  new ResizeObserver(draw).observe(stage);
  const light = (/** @type {Event} */ event) => {
    const row = event.target instanceof Element ? event.target.closest('[data-move]') : null;
    lit(stage, row?.getAttribute('data-move') ?? null);
  };
  for (const kind of ['pointerover', 'focusin']) stage.addEventListener(kind, light);
  stage.addEventListener('pointerleave', () => lit(stage, null));
}

/** @param {HTMLElement} stage @param {SVGElement} canvas */
function drawAll(stage, canvas) {
  const { left, top } = stage.getBoundingClientRect();
  const origin = { x: left - stage.scrollLeft, y: top - stage.scrollTop };
  const after = new Map(every('.after [data-move]', stage).map((row) => [row.dataset.move ?? '', row]));
  const lines = every('.before [data-move]', stage).flatMap((row) => {
    const target = after.get(row.dataset.move ?? '');
    return target ? [lineBetween(row, target, origin)] : [];
  });
  canvas.setAttribute('width', String(stage.clientWidth));
  canvas.setAttribute('height', String(stage.clientHeight));
  canvas.replaceChildren(...lines);
}

/** @param {HTMLElement} row @param {HTMLElement} target @param {{ x: number, y: number }} origin */
function lineBetween(row, target, origin) {
  const [from, to] = [one('.end', row) ?? row, target].map((end) => end.getBoundingClientRect());
  const line = document.createElementNS(SVG, 'path');
  if (!from || !to) return line;
  const [x1, y1] = [from.right - origin.x + 4, from.top + from.height / 2 - origin.y];
  const [x2, y2] = [to.left - origin.x - 4, to.top + to.height / 2 - origin.y];
  // One below the other on a narrow screen: nothing sensible can be drawn.
  const middle = (x1 + x2) / 2;
  if (x2 > x1) line.setAttribute('d', `M ${x1} ${y1} C ${middle} ${y1}, ${middle} ${y2}, ${x2} ${y2}`);
  line.setAttribute('data-move', row.dataset.move ?? '');
  return line;
}

/** @param {HTMLElement} stage @param {string | null} move */
function lit(stage, move) {
  for (const part of stage.querySelectorAll('[data-move]'))
    part.classList.toggle('lit', move !== null && part.getAttribute('data-move') === move);
  stage.classList.toggle('chosen', move !== null);
}
