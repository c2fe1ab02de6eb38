/** HTML that cannot be broken out of: whatever is put into a template is escaped, unless it came from one. */
import { inert } from '../inert.js';

/** Made by {@link html} only, or from text that this repository wrote itself. */
export class Markup {
  constructor(readonly text: string) {}
}

export type Part = string | number | Markup | null | readonly Part[];

/** A template. Strings become inert text, safe between tags and in attributes in double quotes; `null` is nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(strings.reduce((text, string, index) => `${text}${written(parts[index - 1] ?? null)}${string}`));
}

function written(part: Part): string {
  if (part === null) return '';
  if (part instanceof Markup) return part.text;
  return typeof part === 'object' ? part.map(written).join('') : escaped(inert(String(part)));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
}

/** A name from the repository, as code. Letters that are written from the right stay inside; it may break behind `/` and `_`. */
export function code(text: string): Markup {
  const breakable = escaped(inert(text)).replace(/[/_](?=[^/_])/g, '$&<wbr>');
  return new Markup(`<code><bdi>${breakable}</bdi></code>`);
}

/** A line of a source: its tabs stay. */
export function sourceLine(text: string): Markup {
  return new Markup(
    text
      .split('\t')
      .map((part) => escaped(inert(part)))
      .join('\t'),
  );
}

/** JSON for a script of data: nothing in it ends the script or means anything to HTML. */
export function island(data: unknown): string {
  return JSON.stringify(data).replace(/[<>&\u007f-\u009f\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
