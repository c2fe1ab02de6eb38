/** The import graph on the page: data for the picture and its controls; cycles and violations as tables that need no script. */
import type { When } from '../../core/facts.js';
import { type Cycle, type ImportGraph, runsAtImport } from '../../core/graph.js';
import type { TierArrow, Tiers } from '../../core/tiers/tiers.js';
import type { GraphReport } from '../graph-report.js';
import { chainThrough } from '../graph-text.js';
import { inert } from '../inert.js';
import { counted, grouped } from '../words.js';
import { code, html, type Markup } from './markup.js';
import type { Section } from './page.js';
import { table } from './table.js';

/** What the page's script reads (`page/model.js`). */
export interface GraphIsland {
  readonly title: string;
  readonly nodes: readonly (readonly [
    label: string,
    name: string,
    parent: number,
    level: number,
    path: string | null,
    isGroup: number,
    lines: number,
    mark: string,
  ])[];
  /** Six numbers each: from, to, line, when, count, flags. */
  readonly arrows: readonly number[];
}

/** What becomes of a module, for the picture. */
export type NodeMark = 'moved' | 'new' | 'gone' | 'shim' | 'copy';

const WHENS: readonly When[] = ['runtime', 'conditional', 'guarded', 'lazy', 'typing'];

export function graphIsland(
  title: string,
  { nodes, arrows }: Tiers,
  lines: ReadonlyMap<string, number>,
  marks: ReadonlyMap<string, NodeMark> = new Map(),
): GraphIsland {
  return {
    title,
    nodes: nodes.map(({ label, name, parent, level, path, isGroup }) => {
      const own = path ?? '';
      const shown = path === null ? null : inert(path);
      const mark = marks.get(own) ?? '';
      return [inert(label), inert(name), parent, level, shown, Number(isGroup), lines.get(own) ?? 0, mark];
    }),
    arrows: arrows.flatMap((arrow) => {
      return [arrow.from, arrow.to, arrow.line, WHENS.indexOf(arrow.when), arrow.count, flagsOf(arrow)];
    }),
  };
}

function flagsOf({ early, against, inCycle }: TierArrow): number {
  return Number(early) + 2 * Number(against) + 4 * Number(inCycle);
}

/** @param states titles of the graphs in the island, of which the last is shown first */
export function pictureSection(states: readonly string[]): Section {
  const choice = html`<label>Show <select id="graph-state">${states.map((title, index) => option(String(index), title, index === states.length - 1))}</select></label>`;
  const content = html`<p class="quiet">Each row is a level: importers above what they import. A click opens a package. Red lines go against
the levels or close a cycle when modules are imported; dashed ones run only later, or for type checkers.</p>
<div class="controls">
<div class="combo"><input id="search" type="search" role="combobox" aria-expanded="false" aria-controls="offers" aria-autocomplete="list" autocomplete="off" placeholder="find a module or package" aria-label="find a module or package"><ul id="offers" class="offers" role="listbox" aria-label="found" hidden></ul></div>
<input id="graph-filter" type="search" placeholder="only names with …" aria-label="show only modules whose names have these words">
<label>Lines <select id="graph-edges">${option('all', 'all imports', true)}${option('early', 'at import time')}${option('bad', 'against the levels, cycles')}</select></label>
${states.length > 1 ? choice : null}
<span><button type="button" id="zoom-out" aria-label="smaller">−</button> <button type="button" id="zoom-in" aria-label="larger">+</button> <button type="button" id="fit">Fit</button> <button type="button" id="close-all">Close all</button></span>
</div>
<div class="stage"><div id="picture" tabindex="0" role="application" aria-label="import graph" aria-describedby="graph-keys"></div><aside id="detail" class="side" aria-label="the chosen module or package"></aside></div>
<p id="graph-status" class="quiet" role="status"></p>
<p class="quiet" id="graph-keys">Keys: arrows choose, Enter opens or closes a package, Backspace closes the one around, + − 0 zoom, Escape lets go.</p>
<p class="hidden" id="graph-said" role="status"></p>
<noscript><p>The picture needs JavaScript; everything else on this page does not.</p></noscript>`;
  return { id: 'graph', title: 'Import graph', content };
}

function option(value: string, label: string, isChosen = false): Markup {
  return isChosen
    ? html`<option value="${value}" selected>${label}</option>`
    : html`<option value="${value}">${label}</option>`;
}

/** Imports against the levels, then cycles with the imports that close them. */
export function orderSections(report: GraphReport): Section[] {
  const { tiers, cycles, graph } = report;
  return [
    { id: 'levels', title: 'Levels', content: levels(tiers) },
    { id: 'cycles', title: 'Cycles', content: cyclesContent(cycles, graph, report.nameOf) },
  ];
}

function levels({ nodes, violations }: Tiers): Markup {
  const pathOf = (index: number) => nodes[index]?.path ?? '';
  const rows = violations.map(({ from, to, arrow }) => [
    code(from),
    code(to),
    code(`${pathOf(arrow.from)}:${arrow.line}`),
    code(pathOf(arrow.to)),
  ]);
  const words =
    violations.length === 0
      ? 'Every import goes down: packages are layers, at every depth.'
      : `${counted(violations.length, 'import')} would have to be turned round before packages that lie side by side are layers. The levels are those that the fewest imports speak against.`;
  const columns = [{ title: 'From' }, { title: 'To' }, { title: 'Place' }, { title: 'Imported' }];
  return html`<p>${words}</p>${rows.length > 0 ? table('imports against the levels', columns, rows) : null}`;
}

/** Of longer cycles the way round is shown, and how many modules are in it. */
function cyclesContent(cycles: readonly Cycle[], graph: ImportGraph, nameOf: (path: string) => string): Markup {
  if (cycles.length === 0) return html`<p>None.</p>`;
  const rows = cycles.map((cycle) => {
    const chain = chainThrough(cycle, graph);
    const steps = chain.map(
      (edge) =>
        html`<div>${code(nameOf(edge.path))} → ${code(nameOf(edge.importedPath))} <span class="quiet">${
          runsAtImport(edge) ? '' : `${edge.when}, `
        }${code(`${edge.path}:${edge.line}`)}</span></div>`,
    );
    const isEarly = cycle.kind === 'import-time';
    const kind = html`<span class="${isEarly ? 'bad' : 'quiet'}">${isEarly ? 'at import time' : 'closed only by lazy or typing imports'}</span>`;
    return [grouped(cycle.paths.length), kind, steps];
  });
  return table(
    'cycles',
    [{ title: 'Modules', right: true }, { title: 'When' }, { title: 'A shortest way round' }],
    rows,
  );
}
