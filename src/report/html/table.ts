/** Tables of the page. The page's script makes them sortable, and longer ones searchable. */
import { grouped } from '../words.js';
import { html, type Markup, type Part } from './markup.js';

/** More rows make a page that nobody waits for; the JSON has them all. */
const MOST_ROWS = 3000;

export interface Column {
  readonly title: string;
  readonly right?: true;
}

/** @param name what the rows are, for those who cannot see the table */
export function table(name: string, columns: readonly Column[], rows: readonly (readonly Part[])[]): Markup {
  if (rows.length === 0) return html`<p class="quiet">None.</p>`;
  const side = (column: number): string => (columns[column]?.right ? 'right' : 'left');
  const head = columns.map(({ title }, column) => html`<th scope="col" class="${side(column)}">${title}</th>`);
  const body = rows
    .slice(0, MOST_ROWS)
    .map((cells) => html`<tr>${cells.map((cell, column) => html`<td class="${side(column)}">${cell}</td>`)}</tr>\n`);
  const more = rows.length - MOST_ROWS;
  const note = more > 0 ? html`<p class="quiet">and ${grouped(more)} more: --format json lists them</p>` : null;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${name}"><table class="data" data-name="${name}"><thead><tr>${head}</tr></thead><tbody>
${body}</tbody></table></div>${note}`;
}
