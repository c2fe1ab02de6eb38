/** The directory tree of the page: directories open and close; files have their lines, and what they are copies or shims of. */
import { directoryOf } from '../../core/paths.js';
import type { Inventory } from '../inventory.js';
import { counted, grouped } from '../words.js';
import { code, html, type Markup } from './markup.js';

interface Directory {
  readonly directories: Map<string, Directory>;
  readonly files: { name: string; path: string; lines: number }[];
  modules: number;
  lines: number;
}

export function fileTree({ files, pairs, shims }: Inventory): Markup {
  const copies = new Map(pairs.map(({ keep, remove }) => [remove, keep]));
  const old = new Map(shims.map(({ path, newName }) => [path, newName]));
  const root = directory();
  for (const { path, lines } of files) {
    let here = root;
    const names = directoryOf(path) === '' ? [] : directoryOf(path).split('/');
    for (const name of names) {
      const next = here.directories.get(name) ?? directory();
      here.directories.set(name, next);
      here = next;
      here.modules++;
      here.lines += lines;
    }
    here.files.push({ name: path.slice(path.lastIndexOf('/') + 1), path, lines });
  }
  const note = (path: string): Markup | null => {
    const [keep, target] = [copies.get(path), old.get(path)];
    if (keep !== undefined) return html` <span class="moved">duplicate of ${code(keep)}</span>`;
    return target === undefined ? null : html` <span class="quiet">shim of ${code(target)}</span>`;
  };
  return html`<ul class="tree">${members(root, note)}</ul>`;
}

function directory(): Directory {
  return { directories: new Map(), files: [], modules: 0, lines: 0 };
}

function members(here: Directory, note: (path: string) => Markup | null): Markup[] {
  const inner = [...here.directories]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, below]) => {
      const size = html`<span class="size">${counted(below.modules, 'module')}, ${counted(below.lines, 'line')}</span>`;
      return html`<li><details><summary>${code(`${name}/`)}${size}</summary><ul>${members(below, note)}</ul></details></li>`;
    });
  const own = here.files.map(({ name, path, lines }) => {
    return html`<li>${code(name)}<span class="size">${grouped(lines)}</span>${note(path)}</li>\n`;
  });
  return [...inner, ...own];
}
