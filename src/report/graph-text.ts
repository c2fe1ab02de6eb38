/** The import graph on a terminal: counts, who imports whom, cycles with the imports that close them, what does not resolve. */
import type { ImportEdge, UnresolvedImport } from '../core/edges.js';
import { type Cycle, type ImportGraph, runsAtImport } from '../core/graph.js';
import { type Arrow, arrows, coarsePackages, compare } from './graph-shape.js';
import { inert } from './inert.js';
import { mark, type Style } from './style.js';
import { table } from './table.js';
import { counted, grouped, groupedBy, wrapped } from './words.js';

type NameOf = (path: string) => string;

/** Above this many modules a list of each is no longer read; packages are shown instead. */
const MOST_MODULES = 60;

/** A summary, then what each module (in large graphs: each package) imports. */
export function graphText(graph: ImportGraph, cycles: readonly Cycle[], nameOf: NameOf, style: Style): string {
  const isLarge = graph.modules.length > MOST_MODULES;
  const body = isLarge ? packagesBody(graph, nameOf, style) : modulesBody(graph, nameOf, style);
  return ended([...summary(graph, cycles, style), '', ...body, ...next(graph, cycles, style)]);
}

function summary(graph: ImportGraph, cycles: readonly Cycle[], style: Style): string[] {
  const early = cycles.filter(({ kind }) => kind === 'import-time').length;
  const stated = graph.imports.filter(({ form }) => form !== 'implicit');
  const later = stated.filter((edge) => !runsAtImport(edge)).length;
  const text = [
    `${counted(graph.modules.length, 'module')}, ${counted(stated.length, 'import')} (${grouped(later)} not at import time)`,
    `${counted(cycles.length, 'cycle')} (${grouped(early)} at import time)`,
    `${grouped(graph.unresolved.length)} unresolved`,
    `${grouped(graph.unknowns.length)} unknown`,
  ]
    .map((part) => part.replaceAll(' ', '\u00a0'))
    .join('; ');
  return wrapped(text, style.width, '  ', '').map(style.bold);
}

function modulesBody(graph: ImportGraph, nameOf: NameOf, style: Style): string[] {
  const from = groupedBy(arrows(graph), (arrow) => arrow.from);
  return graph.modules.flatMap(({ path }) => {
    const imported = (from.get(path) ?? []).map((arrow) => `${inert(nameOf(arrow.to))}${note(arrow)}`);
    const head = inert(nameOf(path));
    return imported.length === 0
      ? [style.dim(head)]
      : [head, ...wrapped(imported.join(', '), style.width, '      ', `    ${sign(style)} `)];
  });
}

/** Spaces inside a note do not break, so that it stays with its name. */
function note({ when }: Arrow): string {
  return when === 'runtime' ? '' : `\u00a0(${when})`;
}

function sign(style: Style): string {
  return style.unicode ? '→' : '->';
}

function packagesBody(graph: ImportGraph, nameOf: NameOf, style: Style): string[] {
  const place = coarsePackages(graph, nameOf, MOST_MODULES);
  const from = groupedBy(arrows(graph, place), (arrow) => arrow.from);
  const members = groupedBy(graph.modules, ({ path }) => place(path));
  return [...members]
    .sort(([a], [b]) => compare(a, b))
    .flatMap(([name, modules]) => {
      const imported = (from.get(name) ?? []).map(({ to, count }) => `${inert(to)}\u00a0(${grouped(count)})`);
      const head = `${inert(name)}  ${style.dim(counted(modules.length, 'module'))}`;
      return imported.length === 0
        ? [head]
        : [head, ...wrapped(imported.join(', '), style.width, '      ', `    ${sign(style)} `)];
    });
}

function next(graph: ImportGraph, cycles: readonly Cycle[], style: Style): string[] {
  const commands = [
    ...(cycles.length > 0 ? ['regraft graph --cycles'] : []),
    ...(graph.unresolved.length > 0 ? ['regraft graph --unresolved'] : []),
  ];
  return commands.length === 0
    ? []
    : ['', ...commands.map((command) => `${style.dim('next:')} ${style.cyan(command)}`)];
}

/** Cycles, those at import time first, each with the imports between its modules. */
export function cyclesText(cycles: readonly Cycle[], graph: ImportGraph, nameOf: NameOf, style: Style): string {
  if (cycles.length === 0) return `${mark('tick', style)} no import cycles\n`;
  const ordered = [...cycles].sort((a, b) => Number(a.kind !== 'import-time') - Number(b.kind !== 'import-time'));
  const blocks = ordered.map((cycle) => cycleLines(cycle, graph, nameOf, style).join('\n'));
  return ended([style.bold(`${counted(cycles.length, 'import cycle')}`), '', blocks.join('\n\n')]);
}

function cycleLines(cycle: Cycle, graph: ImportGraph, nameOf: NameOf, style: Style): string[] {
  const isEarly = cycle.kind === 'import-time';
  const chain = chainThrough(cycle, graph);
  const head = isEarly ? 'at import time' : 'closed only by lazy or typing imports';
  const rest = cycle.paths.filter((path) => !chain.some((edge) => edge.path === path));
  const others = `also in it: ${rest.map((path) => inert(nameOf(path))).join(', ')}`;
  return [
    `${mark(isEarly ? 'cross' : 'ask', style)} ${counted(cycle.paths.length, 'module')}, ${head}`,
    ...chainLines(chain, nameOf, style),
    ...(rest.length > 0 ? wrapped(others, style.width, '      ', '    ').map(style.dim) : []),
  ];
}

/** A shortest way round from the first module back to it, by breadth-first search inside the cycle. */
export function chainThrough(cycle: Cycle, graph: ImportGraph): ImportEdge[] {
  const inside = new Set(cycle.paths);
  const isPart = (edge: ImportEdge) =>
    inside.has(edge.path) &&
    inside.has(edge.importedPath) &&
    edge.form !== 'implicit' &&
    edge.form !== 'string' &&
    edge.form !== 'path' &&
    (cycle.kind === 'deferred' || runsAtImport(edge));
  const bySource = groupedBy(graph.imports.filter(isPart), (edge) => edge.path);
  const start = cycle.paths[0] as string;
  const via = new Map<string, ImportEdge>();
  const queue = [start];
  for (let here = queue.shift(); here !== undefined && !via.has(start); here = queue.shift()) {
    for (const edge of bySource.get(here) ?? []) {
      if (via.has(edge.importedPath)) continue;
      via.set(edge.importedPath, edge);
      queue.push(edge.importedPath);
    }
  }
  const chain: ImportEdge[] = [];
  for (let edge = via.get(start); edge; edge = edge.path === start ? undefined : via.get(edge.path))
    chain.unshift(edge);
  return chain;
}

/** The chain of imports that leads to a module; says so when there is none. */
export function whyText(chain: readonly ImportEdge[], target: string, nameOf: NameOf, style: Style): string {
  const name = inert(nameOf(target));
  if (chain.length === 0) return `no chain of imports leads to ${style.bold(name)}\n`;
  const head = `${inert(nameOf((chain[0] as ImportEdge).path))} reaches ${name} in ${counted(chain.length, 'step')}`;
  return ended([...wrapped(head, style.width, '  ', '').map(style.bold), ...chainLines(chain, nameOf, style)]);
}

function chainLines(chain: readonly ImportEdge[], nameOf: NameOf, style: Style): string[] {
  const rows = chain.map((edge) => [
    inert(nameOf(edge.path)),
    `${sign(style)} ${inert(nameOf(edge.importedPath))}`,
    edge.when === 'runtime' ? '' : edge.when,
    `${inert(edge.path)}:${edge.line}`,
  ]);
  const needed = Math.max(...rows.map((row) => [...row.join('  ')].length));
  if (needed + 4 <= style.width) return table(rows, { width: style.width, indent: '    ' });
  return rows.flatMap(([from, to, when, place]) => [
    `    ${from}`,
    `      ${to}${when ? ` (${when})` : ''}`,
    `        ${style.dim(place as string)}`,
  ]);
}

/** Imports that name something inside the repository which is not there. */
export function unresolvedText(graph: Pick<ImportGraph, 'unresolved'>, style: Style): string {
  if (graph.unresolved.length === 0)
    return `${mark('tick', style)} every import of this repository's modules resolves\n`;
  const byPlace = groupedBy(graph.unresolved, ({ path, line, name }) => `${path}:${line} ${name}`);
  const lines = [...byPlace.values()].flatMap((same) => {
    const { path, line, name, when, reason } = same[0] as UnresolvedImport;
    const times = same.length > 1 ? ` (${counted(same.length, 'name')})` : '';
    return [
      `${mark('cross', style)} ${inert(name)}${when === 'runtime' ? '' : ` ${style.dim(`(${when})`)}`}`,
      `    ${inert(path)}:${line}`,
      `    ${style.dim(inert(reason))}${times}`,
    ];
  });
  return ended([style.bold(counted(graph.unresolved.length, 'unresolved import')), '', ...lines]);
}

function ended(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
