/** What a transform of a user's own would do, as people read it: files, failures, refusals, counts, the next command. */
import { acceptFlag } from '../core/accept.js';
import type { MovedFile, Problem } from '../core/model.js';
import type { Plan, RunSummary } from '../core/plan.js';
import { planPart } from './envelope.js';
import { inert } from './inert.js';
import { code, markdownTable, problemItem, prose } from './markdown.js';
import { placeOf, problemLines } from './problems-text.js';
import { landedLines, rolledBack, verifiedLines } from './run-text.js';
import type { Style } from './style.js';
import { counted, grouped, shellWord, wrapped } from './words.js';

/** The part that recipes show as well. */
export interface TransformedReport {
  /** Path of the transform, or the name of a built-in one. */
  readonly transform: string;
  /** How many files it was given. */
  readonly files: number;
  readonly rewritten: readonly { readonly path: string; readonly added: number; readonly removed: number }[];
  readonly created: readonly string[];
  readonly moved: readonly MovedFile[];
  readonly deleted: readonly string[];
  readonly accepted: readonly Problem[];
  /** What it said. */
  readonly findings: readonly Problem[];
  readonly stats: Readonly<Record<string, number>>;
}

export interface TransformReport {
  readonly plan: Plan;
  readonly result: TransformedReport;
  /** The command as it was given, without `--apply`. */
  readonly command: string;
}

type Told = Omit<TransformedReport, 'findings'>;

/** `data` of `transform`, without the run. */
export function transformData({ plan, result }: TransformReport) {
  return { plan: planPart(plan), ...transformedData(result) };
}

export function transformedData(told: Told) {
  const { transform, files, rewritten, created, moved, deleted, accepted, stats } = told;
  const skipped = accepted.map(({ code: why, path }) => ({ path, code: why }));
  return { transform, files, rewritten, created, moved, deleted, skipped, stats };
}

const MOST_FILES = 40;
const MOST_PROBLEMS = 20;
const MOST_PLACES = 5;

export function transformText(report: TransformReport, style: Style): string {
  const { plan, result } = report;
  const blocks = [
    transformedLines(result, style),
    limited(alike(plan.refusals), MOST_PROBLEMS, (each) => alikeLines(each, style), style),
    limited(alike(result.findings), MOST_PROBLEMS, (each) => alikeLines(each, style), style),
    [...wrapped(counts(report, false), style.width, '  ', '').map(style.bold), ...nextLines(report, style)],
  ];
  const texts = blocks.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `${texts.join('\n\n')}\n`;
}

/** One line for each file. */
export function transformedLines(result: Told, style: Style): string[] {
  const arrow = style.unicode ? '→' : '->';
  const files = [
    ...result.rewritten.map(
      ({ path, added, removed }) => `${style.yellow('~')} ${inert(path)}  ${style.dim(`+${added} -${removed}`)}`,
    ),
    ...result.created.map((path) => `${style.green('+')} ${inert(path)}`),
    ...result.moved.map(({ from, to }) => `${style.cyan('>')} ${inert(from)} ${arrow} ${inert(to)}`),
    ...result.deleted.map((path) => `${style.red('-')} ${inert(path)}`),
  ];
  const stats = Object.entries(result.stats).map(([name, number]) => `  ${inert(name)}: ${grouped(number)}`);
  return [...limited(files, MOST_FILES, (line) => [line], style), ...stats];
}

/** Problems of several files that say the same. */
function alike(problems: readonly Problem[]): Problem[][] {
  const groups = new Map<string, Problem[]>();
  for (const each of problems) {
    const key = `${each.code}\0${each.message}\0${each.hint}`;
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()];
}

/** The first in full, and where else. */
function alikeLines([first, ...others]: readonly Problem[], style: Style): string[] {
  if (!first) return [];
  const [head = '', ...rest] = problemLines(first, style);
  const place = rest.findIndex((line) => line.includes('-->')) + 1;
  const shown = others.slice(0, MOST_PLACES).map((each) => `      ${placeOf(each) ?? ''}`);
  const more = others.length - shown.length;
  const last = more > 0 ? [style.dim(`      … and ${counted(more, 'place')} more`)] : [];
  return [head, ...rest.slice(0, place), ...shown, ...last, ...rest.slice(place)];
}

function limited<T>(items: readonly T[], most: number, lines: (item: T) => string[], style: Style): string[] {
  const more = items.length - most;
  const rest = more > 0 ? [style.dim(`… and ${more} more (--format json lists all)`)] : [];
  return [...items.slice(0, most).flatMap(lines), ...rest];
}

/** One line: `Plan: 3 of 120 files to rewrite, 1 to create; 2 failed.` */
function counts({ plan, result }: TransformReport, applied: boolean): string {
  const { rewritten, created, moved, deleted, files, accepted } = result;
  const part = (number: number, did: string, will: string) =>
    number > 0 ? [`${grouped(number)} ${applied ? did : `to ${will}`}`] : [];
  const all = [
    ...part(rewritten.length, 'rewritten', 'rewrite'),
    ...part(created.length, 'created', 'create'),
    ...part(moved.length, 'moved', 'move'),
    ...part(deleted.length, 'deleted', 'delete'),
  ];
  const failed = [...plan.refusals, ...accepted].filter(({ code: why }) => why === 'transform-failed').length;
  const others = plan.refusals.filter(({ code: why }) => why !== 'transform-failed').length;
  const rest = [
    ...(failed > 0 ? [`${grouped(failed)} failed`] : []),
    ...(others > 0 ? [`${grouped(others)} refused`] : []),
  ];
  const head = applied ? 'Done' : 'Plan';
  const done = all.length > 0 ? all.join(', ') : 'nothing to do';
  return `${head}: of ${counted(files, 'file')} ${done}${rest.length > 0 ? `; ${rest.join(', ')}` : ''}.`;
}

/** More flags than this are not accepted in one go by anybody who has looked at each. */
const MOST_FLAGS = 3;

function nextSteps({ plan, command }: TransformReport): { what: string; command: string }[] {
  const isSaved = command.startsWith('regraft apply ');
  if (plan.batches.length > 0) return [{ what: 'To do it', command: isSaved ? command : `${command} --apply` }];
  const flags = [...new Set(plan.refusals.map(acceptFlag))];
  if (isSaved || flags.length === 0 || flags.length > MOST_FLAGS || flags.includes(null)) return [];
  const words = flags.map((flag) => `--accept ${shellWord((flag as string).slice('--accept '.length))}`);
  return [{ what: 'After looking, to leave these as they are', command: [command, ...words].join(' ') }];
}

function nextLines(report: TransformReport, style: Style): string[] {
  return nextSteps(report).flatMap(({ what, command }) => [`${what}:`, `  ${style.cyan(inert(command))}`]);
}

export function transformRunText(
  report: TransformReport,
  { run, problems }: { readonly run: RunSummary; readonly problems: readonly Problem[] },
  style: Style,
): string {
  const lines = [...landedLines(report.plan, run, style), '', ...verifiedLines(run, style)].join('\n');
  if (run.status !== 'done') return `${lines}\n${rolledBack(run, problems, style)}`;
  return `${lines}\n${style.bold(counts(report, true))}\nTo take it back:\n  ${style.cyan('regraft undo')}\n`;
}

/** For a pull request. Text from the repository becomes inert. */
export function transformMarkdown(report: TransformReport): string {
  const { plan, result } = report;
  const rows = result.rewritten.map(({ path, added, removed }) => [code(path), `+${added}`, `-${removed}`]);
  const items = transformedItems(result);
  const blocks = [
    `## ${prose(`Transform ${result.transform}`)}`,
    `**${prose(counts(report, false))}**`,
    rows.length > 0 ? markdownTable(['File', 'Lines added', 'Lines removed'], rows, ['left', 'right', 'right']) : '',
    items.join('\n'),
    plan.refusals.map((refusal) => problemItem('refused', refusal)).join('\n'),
    result.findings.map((finding) => problemItem(finding.severity, finding)).join('\n'),
    nextSteps(report)
      .map(({ what, command }) => `${prose(what)}: ${code(command)}`)
      .join('<br>\n'),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** What is not just another text for a file. */
export function transformedItems({ created, moved, deleted }: Told): string[] {
  return [
    ...created.map((path) => `- new: ${code(path)}`),
    ...moved.map(({ from, to }) => `- ${code(from)} to ${code(to)}`),
    ...deleted.map((path) => `- delete ${code(path)}`),
  ];
}
