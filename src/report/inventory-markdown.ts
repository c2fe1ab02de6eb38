/** The inventory for a pull request or a document. Text from the repository becomes inert. */
import { MOST_PLACES } from './broken-packages-text.js';
import { graphMarkdown } from './graph-markdown.js';
import { directoriesOf, type Inventory, totalLines } from './inventory.js';
import { summary, treeLines } from './inventory-text.js';
import { code, folded, markdownTable, prose } from './markdown.js';
import { symbolDifferences } from './plan-summary.js';
import { plainStyle } from './style.js';
import { topicsMarkdown } from './topics-markdown.js';
import { grouped, percent } from './words.js';

/** Wide enough that no label is cut. */
const WIDTH = 1000;

export function inventoryMarkdown(inventory: Inventory): string {
  if (inventory.files.length === 0) return 'No Python files here.\n';
  const blocks = [
    '## Inventory',
    `**${prose(summary(inventory))}**`,
    `### Tree\n\n<pre>\n${treeLines(inventory, plainStyle(WIDTH)).map(code).join('\n')}\n</pre>`,
    `### Directories\n\n${directories(inventory)}`,
    ...graphMarkdown(inventory.imports),
    `### Duplicates by name\n\n${duplicates(inventory)}`,
    ...topicsMarkdown(inventory.topics),
    `### Unresolved imports\n\n${unresolved(inventory)}`,
    ...(inventory.brokenPackages.length > 0 ? [`### Broken packages\n\n${brokenPackages(inventory)}`] : []),
    ...(inventory.shims.length > 0 ? [`### Shims\n\n${shims(inventory)}`] : []),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function directories({ files }: Inventory): string {
  const rows = directoriesOf(files).map(({ path, modules, lines }) => [
    code(path === '' ? '.' : path),
    grouped(modules),
    grouped(lines),
  ]);
  const total = ['**all**', `**${grouped(files.length)}**`, `**${grouped(totalLines(files))}**`];
  return markdownTable(['Directory', 'Modules', 'Lines'], [...rows, total], ['left', 'right', 'right']);
}

function duplicates({ pairs }: Inventory): string {
  if (pairs.length === 0) return 'None.';
  const rows = pairs.map(({ keep, remove, comparison: { lines, similarity, verdict } }) => [
    code(keep),
    grouped(lines.keep),
    code(remove),
    grouped(lines.remove),
    percent(similarity),
    verdict,
  ]);
  const head = ['Kept', 'Lines', 'Duplicate', 'Lines', 'Similar', 'Contents'];
  const found = markdownTable(head, rows, ['left', 'right', 'left', 'right', 'right', 'left']);
  const items = pairs.flatMap(({ remove, comparison }) =>
    symbolDifferences(comparison).map(
      ({ label, names }) => `- ${code(remove)} ${label}: ${names.map(code).join(', ')}`,
    ),
  );
  return items.length === 0 ? found : `${found}\n\n${folded('Differences by symbol', items.join('\n'))}`;
}

function unresolved(inventory: Inventory): string {
  if (inventory.unresolved.length === 0) return 'None.';
  const rows = inventory.unresolved.map(({ name, path, line, when, reason }) => [
    code(name),
    code(`${path}:${line}`),
    when,
    prose(reason),
  ]);
  return markdownTable(['Name', 'Place', 'When', 'Why'], rows, ['left', 'left', 'left', 'left']);
}

function brokenPackages(inventory: Inventory): string {
  const rows = inventory.brokenPackages.map(({ path, modules, affected, failing, imports, guarded, places }) => [
    code(path === '' ? '.' : path),
    `${grouped(affected)} of ${grouped(modules)}`,
    ...[failing, imports, guarded].map(grouped),
    places
      .slice(0, MOST_PLACES)
      .map((place) => `${code(`${place.path}:${place.line}`)} ${code(place.name)}`)
      .join('<br>'),
  ]);
  const head = ['Package', 'Modules affected', 'Fail when imported', 'Imports', 'Guarded', 'First places'];
  return markdownTable(head, rows, ['left', 'right', 'right', 'right', 'right', 'left']);
}

function shims(inventory: Inventory): string {
  const rows = inventory.shims.map(({ path, oldName, newName, users, unknowns }) => [
    code(path),
    code(oldName),
    code(newName),
    grouped(users.length),
    grouped(unknowns),
  ]);
  const head = ['Shim', 'Old name', 'New name', 'Users', 'Undecided'];
  return markdownTable(head, rows, ['left', 'left', 'left', 'right', 'right']);
}
