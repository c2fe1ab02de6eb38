/**
 * The dossier of a planned or finished deletion of duplicates: per pair the evidence on one screen, then the files, one
 * line of counts, the next command. A preview says "would".
 */
import type { Problem } from '../core/model.js';
import type { PairDecision, Plan } from '../core/plan.js';
import { type EvidenceLine, evidenceOf, REFERENCE_CLASSES } from './evidence.js';
import { inert } from './inert.js';
import { fileOutcomes, nextCommands, planCounts, symbolDifferences } from './plan-summary.js';
import { placeOf, problemLines } from './problems-text.js';
import { mark, type Style } from './style.js';
import { counted, grouped, listed, onOneOrTwo, percent, wrapped } from './words.js';

export interface DossierInput {
  readonly decisions: readonly PairDecision[];
  readonly plan: Plan;
  /** Done, or only shown. */
  readonly applied: boolean;
  /** The command as it was given, without `--apply`. */
  readonly command: string;
}

/** More refusals than this of one pair are counted, not shown. */
const MOST_REFUSALS = 6;
const MOST_FILES = 40;
const INDENT = '  ';

export function dossier(input: DossierInput, style: Style): string {
  const { decisions, applied } = input;
  if (decisions.length === 0) return 'no duplicates found: nothing to do\n';
  const blocks = [
    ...decisions.map((decision) => pairLines(decision, applied, style)),
    fileLines(input, style),
    [...wrapped(planCounts(input), style.width, '  ', '').map(style.bold), ...nextLines(input, style)],
  ];
  const texts = blocks.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `${texts.join('\n\n')}\n`;
}

/** One pair with its evidence. */
export function pairLines(decision: PairDecision, applied: boolean, style: Style): string[] {
  return [
    ...titleLines(decision, applied, style),
    ...contentLines(decision, style),
    ...evidenceLines(decision, style),
    ...symbolLines(decision, style),
    ...refusalLines(decision, style),
    ...decision.findings.flatMap((finding) => noteLines(finding, finding.severity, style)),
    ...decision.accepted.flatMap((problem) => noteLines(problem, 'accepted', style)),
  ];
}

/** `✓ keep ← remove  would be deleted`, on two lines where one is too short. */
function titleLines({ keep, remove, decision }: PairDecision, applied: boolean, style: Style): string[] {
  const isDeleted = decision === 'delete';
  const outcome = isDeleted ? (applied ? 'deleted' : 'would be deleted') : 'refused';
  const paint = isDeleted ? style.green : style.red;
  const arrow = style.unicode ? '←' : '<-';
  const [kept, removed] = [inert(keep), inert(remove)];
  const length = [...`${kept}${removed}${outcome}`].length + 8;
  const head = `${mark(isDeleted ? 'tick' : 'cross', style)} ${style.bold(kept)}`;
  const tail = `${arrow} ${style.bold(removed)}  ${paint(outcome)}`;
  return onOneOrTwo(head, tail, length, INDENT, style.width);
}

function contentLines({ comparison }: PairDecision, style: Style): string[] {
  const { verdict, similarity, lines } = comparison;
  const parts = [
    inert(verdict),
    `${percent(similarity)} similar`,
    `${counted(lines.keep, 'line')} kept`,
    `${grouped(lines.remove)} removed`,
  ];
  return wrapped(parts.join(', '), style.width, INDENT);
}

function evidenceLines(decision: PairDecision, style: Style): string[] {
  const { lines, none, mentions } = evidenceOf(decision);
  const left = mentions.length > 0 ? [{ label: 'mentions (left)', places: mentions, reason: null }] : [];
  return [
    ...lines.flatMap((line) => evidenceLine(line, mark(line.mark, style), style)),
    ...(none.length > 0 ? wrapped(`not found: ${unbroken(none)}`, style.width, '    ', INDENT).map(style.dim) : []),
    ...left.flatMap((line) => evidenceLine(line, style.dim('·'), style)),
  ];
}

/** Labels of several words stay together. */
function unbroken(labels: readonly string[]): string {
  return labels.map((label) => label.replaceAll(' ', '\u00a0')).join(', ');
}

/** The longest class of references. */
const LABEL_WIDTH = Math.max(...REFERENCE_CLASSES.map((label) => label.length));
const COUNT_WIDTH = 5;

/** Sign, class, count, then all places where there are up to three, else the first. */
function evidenceLine(line: Pick<EvidenceLine, 'label' | 'places' | 'reason'>, sign: string, style: Style): string[] {
  const places = line.places.map((place) => placeOf({ ...place, column: null }) as string);
  const shown = places.length <= 3 ? places.join(', ') : `${places[0]} and ${grouped(places.length - 1)} more`;
  const head = `${line.label.padEnd(LABEL_WIDTH)}${grouped(places.length).padStart(COUNT_WIDTH)}`;
  const hanging = ' '.repeat(INDENT.length + 4 + LABEL_WIDTH + COUNT_WIDTH);
  const room = style.width - hanging.length;
  const isNarrow = places.some((place) => place.length > room);
  const indent = isNarrow ? '      ' : hanging;
  const first = `${INDENT}${sign} ${head}`;
  const body = wrapped(shown, style.width, indent);
  const reason = line.reason ? wrapped(inert(line.reason), style.width, indent).map(style.dim) : [];
  return isNarrow
    ? [first, ...body, ...reason]
    : [`${first}  ${(body[0] as string).trimStart()}`, ...body.slice(1), ...reason];
}

function symbolLines({ comparison }: PairDecision, style: Style): string[] {
  return symbolDifferences(comparison).flatMap(({ label, names }) =>
    wrapped(`${label}: ${inert(listed(withoutOwners(names), 6))}`, style.width, '    ', INDENT),
  );
}

/** `Engine.start, .stop` for `Engine.start, Engine.stop`. */
function withoutOwners(names: readonly string[]): string[] {
  const ownerOf = (name: string) => name.slice(0, name.lastIndexOf('.') + 1);
  return names.map((name, index) => {
    const owner = ownerOf(name);
    const isRepeated = owner !== '' && index > 0 && ownerOf(names[index - 1] as string) === owner;
    return isRepeated ? name.slice(owner.length - 1) : name;
  });
}

function refusalLines({ refusals }: PairDecision, style: Style): string[] {
  const hidden = refusals.length - MOST_REFUSALS;
  return [
    ...refusals.slice(0, MOST_REFUSALS).flatMap((refusal) => problemLines(refusal, style, INDENT)),
    ...(hidden > 0 ? [style.dim(`${INDENT}and ${counted(hidden, 'more refusal')}: --format json shows all`)] : []),
  ];
}

function noteLines(problem: Problem, word: string, style: Style): string[] {
  const place = word === 'accepted' ? ` (${placeOf({ ...problem, column: null }) ?? ''})` : '';
  const text = `${word}[${inert(problem.code)}]: ${inert(problem.message)}${place}`;
  const paint = word === 'info' ? style.cyan : style.yellow;
  const [first = '', ...rest] = wrapped(text, style.width, '    ', INDENT);
  return [
    first.replace(/^( *)([\w-]+\[[^\]]*\])/, (_, space: string, head: string) => `${space}${paint(head)}`),
    ...rest,
  ];
}

function fileLines({ plan, applied }: DossierInput, style: Style): string[] {
  const { rewritten, deleted } = fileOutcomes(plan);
  if (rewritten.length + deleted.length === 0) return [];
  const files = [
    ...rewritten.map((path) => `${style.yellow('~')} ${inert(path)}`),
    ...deleted.map((path) => `${style.red('-')} ${inert(path)}`),
  ];
  const hidden = files.length - MOST_FILES;
  return [
    style.bold(
      applied ? 'Files changed (~ rewritten, - deleted):' : 'Files that would change (~ rewritten, - deleted):',
    ),
    ...files.slice(0, MOST_FILES).map((line) => `${INDENT}${line}`),
    ...(hidden > 0 ? [style.dim(`${INDENT}and ${counted(hidden, 'more file')}: --format patch shows all`)] : []),
  ];
}

/** Commands are never broken: they are there to be copied. */
function nextLines(input: DossierInput, style: Style): string[] {
  return nextCommands(input).flatMap(({ what, command }) => [
    style.dim(`${inert(what)}:`),
    `${INDENT}${style.cyan(inert(command))}`,
  ]);
}
