/** Modules that do the same job, topic by topic, on a terminal: level, overlap and lines in columns, the evidence below. */
import { directoryOf } from '../core/paths.js';
import { type Evidence, type Level, MEDIUM } from '../core/topics/nearest.js';
import type { Topic, TopicModule, Topics } from '../core/topics/topics.js';
import { inert } from './inert.js';
import type { Style } from './style.js';
import { counted, grouped, listed, percent, shellWord, wrapped } from './words.js';

/** More than fits on a few screens is not read. */
export const MOST_TOPICS = 8;
export const MOST_MODULES = 12;
const MOST_WORDS = 8;
/** Names and words of each sort. */
const MOST_EVIDENCE = 4;

export const LEGEND =
  'HIGH does the same job as the module named with it, MEDIUM partly, UNIQUE shares only the word. The overlap is what two modules define, call and say in docstrings alike, rare names counting most. Tests, shims and duplicates by name are left out.';

export function topicsLines({ topics, different }: Topics, style: Style): string[] {
  const shown = topics.slice(0, MOST_TOPICS);
  const [first] = shown;
  const more = topics.length - shown.length;
  const notes = [
    more > 0 ? `${counted(more, 'more topic')} with less to gain: regraft inventory --format json` : '',
    differentJobs(different),
  ].filter(Boolean);
  return [
    ...shown.flatMap((topic) => [...topicLines(topic, style), '']),
    ...notes.flatMap((note) => wrapped(note, style.width, '')),
    ...(first ? wrapped(LEGEND, style.width, '').map((line) => style.dim(line)) : []),
    ...(first ? nextCommand(first, style) : []),
  ];
}

/** A word that only names modules is worth one line. */
export function differentJobs(words: readonly string[]): string {
  if (words.length === 0) return '';
  const names = listed(words.map(inert), MOST_WORDS);
  return `in names of several directories, with a different job each time: ${names}`;
}

/** What a topic comes to. */
export function topicSummary({ modules, lines, sameLines }: Topic): string {
  const directories = new Set(modules.map(({ path }) => directoryOf(path))).size;
  const same = sameLines > 0 ? `, ${grouped(sameLines)} of them in modules that do the same job` : '';
  const where = counted(directories, 'directory', 'directories');
  return `${counted(modules.length, 'module')} in ${where}, ${counted(lines, 'line')}${same}`;
}

function topicLines(topic: Topic, style: Style): string[] {
  const more = topic.modules.length - MOST_MODULES;
  const told = new Set<string>();
  const head = wrapped(`${inert(topic.topic)}: ${topicSummary(topic)}`, style.width, '  ', '').map(style.bold);
  const rows = topic.modules.slice(0, MOST_MODULES).flatMap((module) => {
    const reasons = isTold(module, told) ? [] : evidenceWords(module.evidence);
    return [moduleLine(module, style), ...because(module, reasons, style)];
  });
  return [...head, ...rows, ...(more > 0 ? [`  and ${counted(more, 'more module')}`] : [])];
}

/** Of two that are each other's nearest the first tells why; so does the first of many that are alike for the same reasons. */
function isTold({ path, nearest, evidence }: TopicModule, told: Set<string>): boolean {
  const reasons = `${nearest}\0${evidenceWords(evidence).join()}`;
  const known = told.has(`${nearest}\0${path}`) || told.has(reasons);
  told.add(`${path}\0${nearest}`).add(reasons);
  return known;
}

const LEVELS: Readonly<Record<Level, string>> = { high: 'HIGH  ', medium: 'MEDIUM', unique: 'UNIQUE' };
const INDENT = ' '.repeat(27);

function moduleLine({ path, lines, level, overlap }: TopicModule, style: Style): string {
  const paint = level === 'high' ? style.red : level === 'medium' ? style.yellow : style.dim;
  const name = shortened(inert(path), style.width - INDENT.length);
  return `  ${paint(LEVELS[level])}  ${percent(overlap).padStart(7)}  ${grouped(lines).padStart(6)}  ${name}`;
}

/** A path that is too long loses the directories it begins with: it is known by its end. */
function shortened(path: string, width: number): string {
  let rest = path;
  while ([...rest].length > width - 2 && rest !== path.slice(path.lastIndexOf('/') + 1))
    rest = rest.slice(rest.indexOf('/') + 1);
  return [...path].length > width && rest !== path ? `…/${rest}` : path;
}

function because(module: TopicModule, reasons: readonly string[], style: Style): string[] {
  const remark = remarkOn(module);
  if (module.level === 'unique') return remark ? [style.dim(`${INDENT}${remark}`)] : [];
  const nearest = shortened(inert(module.nearest ?? ''), style.width - INDENT.length - 'with '.length);
  return [`with ${nearest}${remark ? ` (${remark})` : ''}`, ...reasons]
    .flatMap((words) => wrapped(words, style.width, `${INDENT}  `, INDENT))
    .map(style.dim);
}

/** Why an overlap counts for less than its figure; empty where it does not. */
export function remarkOn({ level, overlap, builtOn }: TopicModule): string {
  if (level === 'unique') return overlap >= MEDIUM ? 'too few names in common to tell' : '';
  return builtOn ? 'one builds on the other' : '';
}

/** Each sort in a few words; none that is empty. */
export function evidenceWords({ definitions, calls, docstrings }: Evidence): string[] {
  const few = (items: readonly string[]) => items.slice(0, MOST_EVIDENCE).map(inert).join(', ');
  return [
    definitions.length > 0 ? `both define ${few(definitions)}` : '',
    calls.length > 0 ? `both call ${few(calls)}` : '',
    docstrings.length > 0 ? `both say ${few(docstrings)}` : '',
  ].filter(Boolean);
}

function nextCommand({ modules: [first] }: Topic, style: Style): string[] {
  if (!first?.nearest) return [];
  const command = `regraft compare ${shellWord(inert(first.path))} ${shellWord(inert(first.nearest))}`;
  return ['', `${style.dim('look closer:')} ${command}`];
}
