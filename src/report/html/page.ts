/**
 * The page around the sections: one file that loads nothing. Its policy names the hashes of its own scripts and style and
 * forbids everything else, so that what slipped through the escaping would still not run.
 */
import { createHash } from 'node:crypto';
import { html, island, Markup, type Part } from './markup.js';

/** The page's own code, read by whoever may read files. */
export interface PageAssets {
  /** In the order in which they run; the last is a module. */
  readonly library: string;
  readonly script: string;
  readonly style: string;
}

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly content: Part;
}

export interface Page {
  readonly title: string;
  /** Below the title. */
  readonly lead: Part;
  readonly sections: readonly Section[];
  /** For the page's script. */
  readonly data: unknown;
}

/**
 * The graph library puts a style of its own into the page unless one of this name is there; the policy would refuse it.
 */
const LIBRARY_STYLE = '.__________cytoscape_container { position: relative; }';

export function pageText(page: Page, assets: PageAssets): string {
  const { title, lead, sections, data } = page;
  const policy = [
    "default-src 'none'",
    `script-src ${[assets.library, assets.script].map(hashed).join(' ')}`,
    `style-src ${[assets.style, LIBRARY_STYLE].map(hashed).join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const links = sections.map(({ id, title: name }) => html`<a href="#${id}">${name}</a>`);
  const blocks = sections.map(
    ({ id, title: name, content }) => html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${name}</h2>
${content}
</section>
`,
  );
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${own(assets.style)}</style>
<style id="__________cytoscape_stylesheet">${own(LIBRARY_STYLE)}</style>
</head>
<body>
<header><h1>${title}</h1><nav aria-label="Sections">${links}</nav><button type="button" id="theme" aria-pressed="false">Dark</button></header>
<main>
${lead}
${blocks}</main>
<script type="application/json" id="island">${new Markup(island(data))}</script>
<script>${own(assets.library)}</script>
<script type="module">${own(assets.script)}</script>
</body>
</html>
`.text;
}

/** What stands between the tags must be what is hashed, to the byte. */
function own(text: string): Markup {
  if (/<\/(?:script|style)|<!--|\r|\0/i.test(text)) throw new Error('an asset of the page would end its own element');
  return new Markup(text);
}

function hashed(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
