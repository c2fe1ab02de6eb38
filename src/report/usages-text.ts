/** The evidence for or against modules on a terminal: verdict, references by class, unknowns, mentions, the next command. */
import type { Place } from '../core/model.js';
import type { ModuleUsage, Usage } from '../core/usages.js';
import { REFERENCE_CLASSES, referenceClass, references } from './evidence.js';
import { inert } from './inert.js';
import { mark, type Style } from './style.js';
import { counted, groupedBy, shellWord, truncated, wrapped } from './words.js';

/** Mentions break nothing; a few are enough to see what they are. */
const MOST_MENTIONS = 5;

/** One block per module. */
export function usagesText(usages: readonly ModuleUsage[], style: Style): string {
  return usages.map((usage) => `${moduleLines(usage, style).join('\n')}\n`).join('\n');
}

function moduleLines(usage: ModuleUsage, style: Style): string[] {
  const mentions = usage.usages.filter(({ effect }) => effect === 'mention');
  return [
    ...verdictLines(usage, mentions.length, style),
    ...referenceLines(references(usage), style),
    ...unknownLines(usage, style),
    ...mentionLines(mentions, style),
    ...nextLines(usage, style),
  ];
}

function verdictLines(usage: ModuleUsage, mentions: number, style: Style): string[] {
  const { target, verdict, unknowns } = usage;
  const found = references(usage);
  const files = new Set(found.map(({ path }) => path)).size;
  const name = inert(target.dottedNames[0] ?? target.path);
  const counts = [
    `${counted(found.length, 'reference')}${found.length > 0 ? ` in ${counted(files, 'file')}` : ''}`,
    counted(unknowns.length, 'unknown'),
    counted(mentions, 'mention'),
  ].join(', ');
  const paint = verdict === 'used' ? style.red : verdict === 'unknown' ? style.yellow : style.green;
  const sign = mark(verdict === 'used' ? 'cross' : verdict === 'unknown' ? 'ask' : 'tick', style);
  const others = target.dottedNames.slice(1).map(inert).join(', ');
  return [
    `${sign} ${style.bold(name)}  ${paint(verdict)}`,
    ...wrapped(`${inert(target.path)}: ${counts}`, style.width, '    ', '  '),
    ...(others ? wrapped(`also known as ${others}`, style.width, '    ', '  ').map(style.dim) : []),
  ];
}

function referenceLines(found: readonly Usage[], style: Style): string[] {
  const byClass = groupedBy(found, referenceClass);
  return REFERENCE_CLASSES.flatMap((label) => {
    const usages = byClass.get(label);
    if (!usages) return [];
    return ['', `  ${style.bold(`${label} (${usages.length})`)}`, ...sourceLines(usages, style, confidenceOf)];
  });
}

/** Certainty is the rule and is not said. */
function confidenceOf({ confidence }: Usage): string {
  return confidence === 'certain' ? '' : `${confidence}: `;
}

/** `path:line  source`, the places in a column of their own as far as the width allows. */
function sourceLines<T extends Place & { readonly text: string }>(
  places: readonly T[],
  style: Style,
  note: (place: T) => string = () => '',
): string[] {
  const heads = places.map(({ path, line }) => `${inert(path)}:${line}`);
  const column = Math.max(...heads.map((head) => head.length));
  const isWide = column + 4 <= style.width / 2;
  return places.flatMap((place, index) => {
    const head = heads[index] as string;
    const source = `${note(place)}${inert(place.text)}`;
    if (isWide)
      return [`    ${head.padEnd(column)}  ${style.dim(truncated(source, style.width - column - 6))}`.trimEnd()];
    return [`    ${head}`, ...(source ? [`      ${style.dim(truncated(source, style.width - 6))}`] : [])];
  });
}

function unknownLines({ unknowns }: ModuleUsage, style: Style): string[] {
  if (unknowns.length === 0) return [];
  const lines = unknowns.flatMap((unknown) => [
    ...sourceLines([unknown], style),
    ...wrapped(`${mark('ask', style)} ${inert(unknown.reason)}`, style.width, '        ', '      '),
  ]);
  return ['', `  ${style.bold(`unknown (${unknowns.length})`)}`, ...lines];
}

function mentionLines(mentions: readonly Usage[], style: Style): string[] {
  if (mentions.length === 0) return [];
  const hidden = mentions.length - MOST_MENTIONS;
  return [
    '',
    `  ${style.dim(`mentions, nothing breaks without them (${mentions.length})`)}`,
    ...sourceLines(mentions.slice(0, MOST_MENTIONS), style).map(style.dim),
    ...(hidden > 0 ? [style.dim(`    and ${hidden} more: --format json shows all`)] : []),
  ];
}

function nextLines({ target, verdict }: ModuleUsage, style: Style): string[] {
  const path = shellWord(target.path);
  const [what, command] =
    verdict === 'used'
      ? ['how it is reached', `regraft why ${path}`]
      : ['preview its deletion', `regraft dedupe ${path}`];
  return ['', `  ${style.dim(`${what}:`)} ${style.cyan(inert(command))}`];
}
