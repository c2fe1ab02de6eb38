/** What the report page is made of besides the report: the graph library, and the script and style in `page/`. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Modules of the page's script, each before those that use it. */
const MODULES = [
  'dom',
  'theme',
  'tables',
  'moves',
  'model',
  'layout',
  'sheet',
  'picture',
  'detail',
  'search',
  'graph',
  'main',
];

export interface PageFiles {
  readonly library: string;
  readonly script: string;
  readonly style: string;
}

export function pageFiles(): PageFiles {
  const require = createRequire(import.meta.url);
  const page = dirname(require.resolve('#page/main.js'));
  const read = (name: string) => readFileSync(join(page, name), 'utf8').replaceAll('\r\n', '\n');
  return {
    library: readFileSync(require.resolve('cytoscape/dist/cytoscape.min.js'), 'utf8').trim(),
    script: joined(MODULES.map((name) => read(`${name}.js`))),
    style: withoutComments(read('style.css')),
  };
}

/** The modules as one, in which each sees what the others export; names are unique over all of them. */
export function joined(modules: readonly string[]): string {
  const texts = modules.map((text) =>
    withoutComments(text)
      .replace(/^import [^;]*;\n/gm, '')
      .replace(/^export /gm, '')
      .trim(),
  );
  return `\n${texts.join('\n')}\n`;
}

/** Only those that begin a line: what else looks like one may be part of a string. */
function withoutComments(text: string): string {
  return text.replace(/^[ \t]*\/\*[\s\S]*?\*\/[ \t]*\n/gm, '').replace(/^[ \t]*\/\/.*\n/gm, '');
}
