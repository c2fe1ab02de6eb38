/** One file's difference on the page. */
import { diffLines, type FileChange, type LineKind } from '../patch.js';
import { counted } from '../words.js';
import { html, Markup, sourceLine } from './markup.js';

/** Longer ones are read in an editor. */
const MOST_LINES = 800;

const CLASSES: Readonly<Record<LineKind, string>> = {
  head: 'head',
  hunk: 'hunk',
  ' ': 'same',
  '-': 'removed',
  '+': 'added',
  note: 'head',
};

export function diffMarkup(file: FileChange): Markup | null {
  const lines = diffLines(file);
  if (lines.length === 0) return null;
  const shown = lines
    .slice(0, MOST_LINES)
    .map(({ kind, text }) => html`<span class="${CLASSES[kind]}">${sourceLine(text)}</span>`);
  const more = lines.length - shown.length;
  const note =
    more > 0 ? html`<span class="head">and ${counted(more, 'more line')}: --format patch has them</span>` : null;
  return html`<pre class="diff" tabindex="0">${new Markup(shown.map(({ text }) => text).join(''))}${note}</pre>`;
}
