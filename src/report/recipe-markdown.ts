/** A planned recipe for a pull request. Text from the repository becomes inert. */
import type { Batch, Change } from '../core/model.js';
import { code, folded, markdownTable, pairSection, problemItem, prose } from './markdown.js';
import { type NameReport, namesOf } from './merge-report.js';
import { movedLines } from './move-report.js';
import {
  type MergedReport,
  nextSteps,
  type PhaseReport,
  phaseCounts,
  type RecipeReport,
  recipeCounts,
  recipeLines,
} from './recipe-report.js';
import { plainStyle } from './style.js';
import { transformedItems } from './transform.js';
import { drawTreeChange } from './tree.js';
import { counted } from './words.js';

/** Wide enough for two trees side by side on a page. */
const WIDTH = 120;
/** Reasons of one file. */
const MOST_REASONS = 3;

export function recipeMarkdown(report: RecipeReport): string {
  const { phases, plan, tree } = report;
  const lines = plan.batches.length > 0 ? drawTreeChange(tree, plainStyle(WIDTH)) : [];
  const blocks = [
    '## Recipe',
    `**${recipeCounts(report)}${plan.batches.length > 0 ? ` ${recipeLines(report)}` : ''}**`,
    phasesTable(phases),
    ...phases.map(phaseSection),
    lines.length > 0 ? `### Directories\n\n<pre>\n${lines.map(preformatted).join('\n')}\n</pre>` : '',
    nextSteps(report)
      .map(({ what, command }) => `${prose(what)}: ${code(command)}`)
      .join('<br>\n'),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** An empty line would end the block. */
function preformatted(line: string): string {
  return code(line === '' ? ' ' : line);
}

function phasesTable(phases: readonly PhaseReport[]): string {
  const rows = phases.map((phase, index) => [
    String(index + 1),
    prose(phase.name),
    phase.kind,
    phase.status.replace('-', ' '),
    phase.status === 'planned' ? phaseCounts(phase) : '',
  ]);
  return markdownTable(['', 'Phase', 'Kind', 'Status', 'Changes'], rows, ['right', 'left', 'left', 'left', 'left']);
}

function phaseSection(phase: PhaseReport, index: number): string {
  const { refusals, findings, decisions, moved, merged } = phase;
  const items = [
    ...decisions.map(({ decision, keep, remove }) =>
      decision === 'delete' ? `- delete ${code(remove)}, keep ${code(keep)}` : `- leave ${code(remove)}`,
    ),
    ...(merged ? mergedItems(merged) : []),
    ...(moved && !merged ? movedLines({ result: moved }) : []).map(({ from, to }) => `- ${code(from)} to ${code(to)}`),
    ...(phase.transformed ? transformedItems(phase.transformed) : []),
    ...(moved?.created ?? []).map((path) => `- new: ${code(path)}`),
    ...(moved?.shims ?? []).map((path) => `- shim: ${code(path)}`),
    ...refusals.map((refusal) => problemItem('refused', refusal)),
    ...findings.map((finding) => problemItem(finding.severity, finding)),
  ];
  const blocks = [
    items.join('\n'),
    decisions.length > 0 ? folded('Evidence', decisions.map(pairSection).join('\n\n')) : '',
    phase.batches.length > 0
      ? folded(counted(phase.batches.length, 'commit'), phase.batches.map(commit).join('\n'))
      : '',
  ].filter((block) => block !== '');
  return blocks.length === 0 ? '' : `### ${index + 1}. ${prose(phase.name)}\n\n${blocks.join('\n\n')}`;
}

/** Its title, and each file with what happens to it and why. */
function commit({ title, changes }: Batch): string {
  return [`- ${prose(title)}`, ...changes.map(changeItem)].join('\n');
}

function changeItem(change: Change): string {
  const from = change.kind === 'move' ? `${code(change.from)} to ` : '';
  const edits = change.kind === 'rewrite' || change.kind === 'move' ? change.edits : [];
  const reasons = [...new Set(edits.map(({ reason }) => reason))].slice(0, MOST_REASONS).map(prose).join('; ');
  const why = edits.length > 0 ? `: ${counted(edits.length, 'place')}, ${reasons}` : '';
  return `  - ${change.kind} ${from}${code(change.path)}${why}`;
}

/** Each module, and what of it does not simply go along. */
function mergedItems(merged: MergedReport): string[] {
  return merged.from.map((path) => {
    const said = (what: NameReport['what'], words: string) => {
      const names = namesOf(merged, what, path);
      return names.length > 0 ? [`${words} ${names.map(code).join(' ')}`] : [];
    };
    const notes = [...said('same', 'one copy is enough of'), ...said('renamed', 'called otherwise')];
    return `- ${code(path)} into ${code(merged.into)}${notes.length > 0 ? `: ${notes.join('; ')}` : ''}`;
  });
}
