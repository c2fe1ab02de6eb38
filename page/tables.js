/** Tables that can be sorted by a column and filtered by words. */
import { button, counted, element, every, one } from './dom.js';

/** Fewer rows are seen at a glance. */
const FEW = 8;

export function startTables() {
  for (const table of every('table.data')) {
    const body = one('tbody', table);
    if (!body) continue;
    const rows = every('tr', body);
    sortable(table, body, rows);
    if (rows.length > FEW) filterable(table, rows);
  }
}

/** @param {HTMLElement} table @param {HTMLElement} body @param {readonly HTMLElement[]} rows */
function sortable(table, body, rows) {
  const heads = every('thead th', table);
  for (const [column, head] of heads.entries()) {
    const label = head.textContent ?? '';
    if (label === '' || rows.length < 2) continue;
    const sort = () => {
      const isUp = head.getAttribute('aria-sort') !== 'ascending';
      for (const other of heads) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', isUp ? 'ascending' : 'descending');
      const sorted = [...rows].sort((a, b) => compared(cellOf(a, column), cellOf(b, column)) * (isUp ? 1 : -1));
      body.append(...sorted);
    };
    head.replaceChildren(button(label, sort));
  }
}

/** @param {HTMLElement} row @param {number} column */
function cellOf(row, column) {
  return row.children[column]?.textContent?.trim() ?? '';
}

/** Numbers by their size. @param {string} a @param {string} b */
export function compared(a, b) {
  const [x, y] = [numberOf(a), numberOf(b)];
  if (x !== null && y !== null) return x - y;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** @param {string} text */
function numberOf(text) {
  const plain = text.replaceAll(',', '').replace(/\s*%$/, '');
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : null;
}

/** @param {HTMLElement} table @param {readonly HTMLElement[]} rows */
function filterable(table, rows) {
  const name = table.dataset.name ?? 'rows';
  const input = element('input', { type: 'search', placeholder: 'filter', 'aria-label': `filter ${name}` });
  const count = element('span', { class: 'quiet', role: 'status' });
  const texts = rows.map((row) => (row.textContent ?? '').toLowerCase());
  const apply = () => {
    const words = /** @type {HTMLInputElement} */ (input).value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const [index, row] of rows.entries()) {
      row.hidden = !words.every((word) => texts[index]?.includes(word));
      if (!row.hidden) shown++;
    }
    count.textContent = words.length > 0 ? `${shown} of ${counted(rows.length, 'row')}` : '';
  };
  input.addEventListener('input', apply);
  table.closest('.scroll')?.before(element('p', { class: 'filter' }, input, ' ', count));
}
