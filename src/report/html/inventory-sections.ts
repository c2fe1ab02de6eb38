/** What a repository holds, as sections of the page. */
import type { UnresolvedImport } from '../../core/edges.js';
import type { Topic, TopicModule } from '../../core/topics/topics.js';
import { MOST_PLACES } from '../broken-packages-text.js';
import type { ComparedPair } from '../duplicates.js';
import { directoriesOf, duplicateLines, type Inventory, totalLines, type UsedShim } from '../inventory.js';
import { symbolDifferences } from '../plan-summary.js';
import { differentJobs, evidenceWords, LEGEND, MOST_TOPICS, remarkOn, topicSummary } from '../topics-text.js';
import { counted, grouped, percent } from '../words.js';
import { fileTree } from './file-tree.js';
import { code, html, type Markup, type Part } from './markup.js';
import type { Section } from './page.js';
import { table } from './table.js';

/** Numbers that are seen first. */
export function tiles(rows: readonly (readonly [number: number, words: string])[]): Markup {
  return html`<ul class="tiles">${rows.map(([number, words]) => html`<li><strong>${grouped(number)}</strong> ${words}</li>`)}</ul>`;
}

export function inventoryTiles({ files, pairs, unresolved, shims, imports }: Inventory): Markup {
  const early = imports.cycles.filter(({ kind }) => kind === 'import-time').length;
  return tiles([
    [files.length, 'modules'],
    [totalLines(files), 'lines'],
    [pairs.length, 'duplicates by name'],
    [duplicateLines(pairs), 'lines in duplicates'],
    [unresolved.length, 'unresolved imports'],
    [early, 'cycles at import time'],
    [imports.tiers.violations.length, 'imports against the levels'],
    [shims.length, 'shims'],
  ]);
}

/** Everything but the graph. */
export function inventorySections(inventory: Inventory): Section[] {
  const { shims, brokenPackages, topics } = inventory;
  return [
    { id: 'duplicates', title: 'Duplicates', content: duplicates(inventory) },
    ...(topics.topics.length > 0 ? [{ id: 'topics', title: 'Overlap by topic', content: overlaps(inventory) }] : []),
    { id: 'unresolved', title: 'Unresolved imports', content: unresolvedTable(inventory.unresolved) },
    ...(brokenPackages.length > 0 ? [{ id: 'broken', title: 'Broken packages', content: broken(inventory) }] : []),
    { id: 'shims', title: 'Shims', content: shimTable(shims) },
    { id: 'directories', title: 'Directories', content: directories(inventory) },
  ];
}

function duplicates({ pairs, families }: Inventory): Markup {
  const columns = [
    { title: 'Kept' },
    { title: 'Lines', right: true },
    { title: 'Duplicate' },
    { title: 'Lines', right: true },
    { title: 'Similar', right: true },
    { title: 'Contents' },
    { title: 'Differences by symbol' },
  ] as const;
  const reasons = families.map(({ keep, reasons: why }) => {
    return html`<li>keep ${code(keep)}${why.length > 0 ? `: ${why.join(', ')}` : ''}</li>`;
  });
  const advice = html`<details><summary>Recommended keepers</summary><ul>${reasons}</ul></details>`;
  return html`<p class="quiet">Similarity is of code, without comments, layout and order.</p>${table('duplicates', columns, pairs.map(pairRow))}${reasons.length > 0 ? advice : null}`;
}

const VERDICT_CLASS: Readonly<Record<string, string>> = { diverged: 'bad', superset: 'moved' };

function pairRow({ keep, remove, comparison }: ComparedPair): Part[] {
  const { lines, structure, verdict } = comparison;
  return [
    code(keep),
    grouped(lines.keep),
    code(remove),
    grouped(lines.remove),
    percent(structure),
    html`<span class="${VERDICT_CLASS[verdict] ?? 'good'}">${verdict}</span>`,
    symbols(comparison),
  ];
}

/** The sentence, and below it each name. */
export function symbols(comparison: ComparedPair['comparison']): Markup {
  const rows = symbolDifferences(comparison);
  if (rows.length === 0) return html`${comparison.reason}`;
  const items = rows.map(({ label, names }) => html`<li>${label}: ${spaced(names.map(code))}</li>`);
  return html`<details><summary>${comparison.reason}</summary><ul>${items}</ul></details>`;
}

/** A list of names may break between any two. */
export function spaced(parts: readonly Markup[]): Part {
  return parts.map((part, index) => (index === 0 ? part : html`, ${part}`));
}

function overlaps({ topics: { topics, different } }: Inventory): Markup {
  const shown = topics.slice(0, MOST_TOPICS * 3);
  const more = topics.length - shown.length;
  const words = differentJobs(different);
  return html`<p class="quiet">${LEGEND}</p>${shown.map(topicBlock)}
${more > 0 ? html`<p class="quiet">${counted(more, 'more topic')} with less to gain.</p>` : null}${words ? html`<p class="quiet">${words}</p>` : null}`;
}

function topicBlock(topic: Topic, index: number): Markup {
  const columns = [
    { title: 'Level' },
    { title: 'Overlap', right: true },
    { title: 'Lines', right: true },
    { title: 'Module' },
    { title: 'Nearest' },
    { title: 'Evidence' },
  ] as const;
  const rows = table(`topic ${topic.topic}`, columns, topic.modules.map(topicRow));
  const head = html`<summary><strong>${topic.topic}</strong> <span class="quiet">${topicSummary(topic)}</span></summary>`;
  return index < 3 ? html`<details open>${head}${rows}</details>` : html`<details>${head}${rows}</details>`;
}

const LEVEL_CLASS: Readonly<Record<string, string>> = { high: 'bad', medium: 'moved' };

function topicRow(module: TopicModule): Part[] {
  const { path, lines, level, overlap, nearest, evidence } = module;
  const remark = remarkOn(module);
  const isUnique = level === 'unique' || nearest === null;
  const reasons = isUnique ? [remark] : [...evidenceWords(evidence), ...(remark ? [remark] : [])];
  const sign = html`<span class="${LEVEL_CLASS[level] ?? 'quiet'}">${level.toUpperCase()}</span>`;
  return [sign, percent(overlap), grouped(lines), code(path), isUnique ? '' : code(nearest), reasons.join('; ')];
}

export function unresolvedTable(unresolved: readonly UnresolvedImport[]): Markup {
  const rows = unresolved.map(({ name, path, line, when, reason }) => [
    code(name),
    code(`${path}:${line}`),
    when,
    reason,
  ]);
  return table(
    'unresolved imports',
    [{ title: 'Name' }, { title: 'Place' }, { title: 'When' }, { title: 'Why' }],
    rows,
  );
}

function broken({ brokenPackages }: Inventory): Markup {
  const rows = brokenPackages.map(({ path, modules, affected, failing, imports, guarded, places }) => [
    code(path === '' ? '.' : path),
    `${grouped(affected)} of ${grouped(modules)}`,
    ...[failing, imports, guarded].map(grouped),
    places
      .slice(0, MOST_PLACES)
      .map((place) => html`<div>${code(`${place.path}:${place.line}`)} ${code(place.name)}</div>`),
  ]);
  const columns = [
    { title: 'Package' },
    { title: 'Modules affected', right: true },
    { title: 'Fail when imported', right: true },
    { title: 'Imports', right: true },
    { title: 'Guarded', right: true },
    { title: 'First places' },
  ] as const;
  return table('broken packages', columns, rows);
}

const MOST_USERS = 6;

function shimTable(shims: readonly UsedShim[]): Markup {
  const rows = shims.map(({ path, oldName, newName, users, unknowns }) => [
    code(path),
    code(oldName),
    code(newName),
    grouped(users.length),
    grouped(unknowns),
    [
      spaced(users.slice(0, MOST_USERS).map(code)),
      users.length > MOST_USERS ? `, and ${users.length - MOST_USERS} more` : '',
    ],
  ]);
  const columns = [
    { title: 'Shim' },
    { title: 'Old name' },
    { title: 'New name' },
    { title: 'Users', right: true },
    { title: 'Undecided', right: true },
    { title: 'Used by' },
  ] as const;
  return table('shims', columns, rows);
}

function directories(inventory: Inventory): Markup {
  const rows = directoriesOf(inventory.files).map(({ path, modules, lines }) => [
    code(path === '' ? '.' : path),
    grouped(modules),
    grouped(lines),
  ]);
  const columns = [{ title: 'Directory' }, { title: 'Modules', right: true }, { title: 'Lines', right: true }] as const;
  return html`<details><summary>The tree, file by file</summary>${fileTree(inventory)}</details>
${table('directories', columns, rows)}`;
}
