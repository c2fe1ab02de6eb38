/**
 * The dossier for a pull request. Text from the repository becomes inert: no Markdown, no HTML, no links, no mentions of
 * people or issues.
 */
import type { Problem } from '../core/model.js';
import type { PairDecision } from '../core/plan.js';
import type { DossierInput } from './dossier.js';
import { type EvidenceLine, evidenceOf } from './evidence.js';
import { inert } from './inert.js';
import { fileOutcomes, nextCommands, planCounts, symbolDifferences } from './plan-summary.js';
import { placeOf } from './problems-text.js';
import type { Mark } from './style.js';
import { grouped, percent } from './words.js';

const MARKS: Readonly<Record<Mark, string>> = { tick: '✓', cross: '✗', ask: '?' };

export function dossierMarkdown(input: DossierInput): string {
  const { decisions, applied } = input;
  if (decisions.length === 0) return 'No duplicates found: nothing to do.\n';
  const blocks = [
    '## Duplicate modules',
    `**${planCounts(input)}**`,
    pairsTable(decisions, applied),
    ...decisions.map((decision) => pairSection(decision)),
    filesSection(input),
    nextSection(input),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function pairsTable(decisions: readonly PairDecision[], applied: boolean): string {
  const outcome = applied ? 'deleted' : 'would be deleted';
  const rows = decisions.map(({ keep, remove, decision, comparison }) => [
    decision === 'delete' ? '✓' : '✗',
    code(keep),
    code(remove),
    decision === 'delete' ? outcome : 'refused',
    prose(comparison.verdict),
    percent(comparison.similarity),
    grouped(comparison.lines.keep),
    grouped(comparison.lines.remove),
  ]);
  const head = ['', 'Kept', 'Duplicate', 'Outcome', 'Contents', 'Similar', 'Lines kept', 'Lines of duplicate'];
  return markdownTable(head, rows, ['left', 'left', 'left', 'left', 'left', 'right', 'right', 'right']);
}

/** Cells must be inert already. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  align: readonly ('left' | 'right')[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = align.map((side) => (side === 'right' ? '--:' : '---'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

/** What is opened by those who want to know; both parts must be inert already. */
export function folded(title: string, content: string): string {
  return `<details>\n<summary>${title}</summary>\n\n${content}\n\n</details>`;
}

/** One pair with its evidence. */
export function pairSection(decision: PairDecision): string {
  const { lines, none, mentions } = evidenceOf(decision);
  const left = { label: 'mentions, left as they are', places: mentions, reason: null };
  const rows = [
    ...lines.map((line) => evidenceRow(line, MARKS[line.mark])),
    ...(mentions.length > 0 ? [evidenceRow(left, '·')] : []),
  ];
  const evidence =
    rows.length > 0 ? markdownTable(['', 'Reference', 'Count', 'First place'], rows, EVIDENCE_ALIGN) : '';
  const blocks = [
    `### ${decision.decision === 'delete' ? '✓' : '✗'} ${code(decision.remove)}`,
    evidence,
    none.length > 0 ? `Not found: ${none.join(', ')}.` : '',
    [...differences(decision), ...problems(decision)].join('\n'),
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

const EVIDENCE_ALIGN = ['left', 'left', 'right', 'left'] as const;

function evidenceRow({ label, places, reason }: Omit<EvidenceLine, 'mark'>, sign: string): string[] {
  const [first] = places;
  const place = first ? code(`${first.path}:${first.line}`) : '';
  return [sign, label, grouped(places.length), reason ? `${place} ${prose(reason)}` : place];
}

function differences({ comparison }: PairDecision): string[] {
  return symbolDifferences(comparison).map(({ label, names }) => `- ${label}: ${names.map(code).join(', ')}`);
}

function problems({ refusals, findings, accepted }: PairDecision): string[] {
  return [
    ...refusals.map((problem) => problemItem('refused', problem)),
    ...findings.map((problem) => problemItem(problem.severity, problem)),
    ...accepted.map((problem) => problemItem('accepted', problem)),
  ];
}

export function problemItem(word: string, problem: Problem): string {
  const place = placeOf(problem);
  const hint = word === 'refused' && problem.hint ? `<br>hint: ${code(problem.hint)}` : '';
  return `- **${word}** ${code(problem.code)}: ${prose(problem.message)}${place ? ` at ${code(place)}` : ''}${hint}`;
}

function filesSection({ plan, applied }: DossierInput): string {
  const { rewritten, deleted } = fileOutcomes(plan);
  if (rewritten.length + deleted.length === 0) return '';
  const items = [...rewritten.map((path) => `- ~ ${code(path)}`), ...deleted.map((path) => `- &#45; ${code(path)}`)];
  const title = applied ? 'Files changed' : 'Files that would change';
  return `### ${title} (~ rewritten, &#45; deleted)\n\n${items.join('\n')}`;
}

function nextSection(input: DossierInput): string {
  const commands = nextCommands(input);
  return commands.map(({ what, command }) => `${prose(what)}: ${code(command)}`).join('<br>\n');
}

/** What Markdown, GitHub's filters or HTML could read as structure; an underscore only where it can begin or end emphasis. */
const STRUCTURE = /[&<>|`*[\]\\~!#@:$^{}"]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|(?<=\bwww)\./giu;

/** Entities can never be structure. */
function entities(text: string): string {
  return inert(text).replace(STRUCTURE, (character) => `&#${character.codePointAt(0)};`);
}

/** Inside `<code>` nobody is notified. */
export function code(text: string): string {
  return `<code>${entities(text)}</code>`;
}

/** A zero-width space after what starts a mention of a person or an issue, an emoji or an address. */
export function prose(text: string): string {
  return entities(text).replace(/(?:&#(?:64|35|58|46);|\bGH(?=-))(?=[^\s])/gi, (sign) => `${sign}&#8203;`);
}
