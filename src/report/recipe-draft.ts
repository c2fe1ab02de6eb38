/** A first recipe as YAML with comments: what is proposed stands as phases, what only a person can decide as comments. */
import type { Draft, DraftMerge, DraftPhase, DraftSection, DraftWork, LeftOut } from '../core/setup/draft.js';
import { inert } from './inert.js';
import { counted, listed } from './words.js';

const MOST_LISTED = 20;

export function recipeDraft(draft: Draft): string {
  const blocks = [
    heading(draft),
    verification(draft),
    'phases:',
    ...(draft.placeholder === null ? [] : [phaseText(draft.placeholder)]),
    ...draft.sections.map(sectionText),
    mergesText(draft.merges),
    shimsText(draft.shims),
  ];
  return `${blocks.join('\n\n').replace('phases:\n\n', 'phases:\n')}\n`;
}

/** The phase by itself, as an item of the list of phases. */
export function phaseText({ name, because, work }: DraftPhase): string {
  return [...comment(because), `  - name: ${quoted(name)}`, ...workLines(work)].join('\n');
}

function heading({ files, modules, roots }: Draft): string {
  const places = roots.map((root) => (root === '' ? 'the top' : `${inert(root)}/`));
  return [
    '# A recipe for regraft, drafted by regraft init. Change it as you like; nothing reads it but regraft run.',
    '#   regraft run regraft.yaml          shows what would be done; nothing is written',
    '#   regraft run regraft.yaml --apply  does it, in commits that regraft undo takes back',
    '# Each phase was planned without a refusal when this was drafted. What was not, stands as a comment with the codes of',
    '# what speaks against it: regraft explain CODE.',
    '#',
    `# Looked at: ${counted(files, 'file')}, ${counted(modules, 'module')}; imports start from ${listed(places, 5)}.`,
  ].join('\n');
}

function verification({ tests }: Draft): string {
  const found = tests.files > 0 ? `${counted(tests.files, 'test file')}; ` : '';
  const notes = tests.notes.map((note) => `# ${inert(note)}.`);
  const about = `# ${found}${inert(tests.because)}. It runs before the first and after every commit; init has not run it.`;
  if (tests.command === null)
    return [
      '# No tests were found. A command that must not get worse would stand here:',
      '# verify: python3 -m pytest -q',
    ].join('\n');
  return [about, ...notes, `verify: ${scalar(tests.command)}`].join('\n');
}

function sectionText({ title, phases, refused, leftOut, nothing }: DraftSection): string {
  const isEmpty = phases.length + refused.length + leftOut.length === 0;
  const head = `  # --- ${title}${isEmpty ? `: ${nothing}` : ''}`;
  const active = phases.map(phaseText);
  const passive = refused.map(({ phase, codes }) =>
    [`  # Refused as things are (${codes.join(', ')}):`, ...commentedOut(phaseText(phase))].join('\n'),
  );
  return [head, ...active, ...passive, ...leftOutText(leftOut)]
    .join('\n')
    .replace(/^( {2}# ---.*)\n(?= {2}- )/, '$1\n');
}

function leftOutText(leftOut: readonly LeftOut[]): string[] {
  if (leftOut.length === 0) return [];
  const lines = leftOut
    .slice(0, MOST_LISTED)
    .map(({ what, codes }) => `  #   ${inert(what)}${codes.length > 0 ? `: ${codes.join(', ')}` : ''}`);
  const rest = leftOut.length > MOST_LISTED ? [`  #   and ${leftOut.length - MOST_LISTED} more`] : [];
  return [['  # Not among them, since each needs a decision:', ...lines, ...rest].join('\n')];
}

function mergesText(merges: readonly DraftMerge[]): string {
  const head = '  # --- Modules that do the same job, or part of it';
  if (merges.length === 0) return `${head}: none found; regraft inventory shows how it was measured.`;
  const about = [
    '  # Words overlap, which is a reason to look and no proof: regraft compare A B. What shall be one is yours to say.',
  ];
  return [head, ...about, ...merges.map((merge) => commentedOut(mergeText(merge)).join('\n'))].join('\n');
}

function mergeText({ topic, from, into }: DraftMerge): string {
  return [
    `  - name: ${quoted(`one module for ${topic}`)}`,
    '    merge:',
    '      from:',
    ...from.map(({ path, partly }) => `        - ${scalar(path)}${partly ? ' # partly' : ''}`),
    `      into: ${scalar(into)}`,
    '      conflicts: rename',
    '    shims: true',
  ].join('\n');
}

function shimsText(shims: number): string {
  const head = '  # --- Shims';
  if (shims === 0) return `${head}: none yet. What phases with shims leave is taken away later: regraft retire.`;
  return `${head}: ${shims} there. regraft retire shows which of them nothing uses any more.`;
}

function workLines(work: DraftWork): string[] {
  if (work.kind === 'move')
    return [
      '    move:',
      ...work.moves.map(({ from, to }) => `      ${scalar(from)}: ${scalar(to)}`),
      '    shims: true',
    ];
  if ('paths' in work) return ['    dedupe:', '      paths:', ...work.paths.map((path) => `        - ${scalar(path)}`)];
  if ('suffix' in work) return ['    dedupe:', `      suffix: ${scalar(work.suffix)}`];
  return [
    '    dedupe:',
    '      pairs: # what goes: what stays',
    ...work.pairs.map(({ remove, keep }) => `        ${scalar(remove)}: ${scalar(keep)}`),
  ];
}

const comment = (text: string): string[] => text.split('\n').map((line) => `  # ${inert(line)}`);

/** The indentation stays, so that taking the signs away gives YAML. */
const commentedOut = (text: string): string[] => text.split('\n').map((line) => line.replace(/^ {2}/, '  # '));

/** Plain where YAML takes it for nothing but a text. */
function scalar(text: string): string {
  const isPlain = /^[A-Za-z_][\w./ -]*$/.test(text) && !/^(?:true|false|null|y|n|yes|no|on|off)$/i.test(text);
  return isPlain && !text.endsWith(' ') ? text : quoted(text);
}

/** JSON's texts are YAML's; what a terminal may obey stands as an escape. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\u{10ffff}]/gu, (letter) =>
    /\p{L}|\p{N}/u.test(letter) ? letter : [...letter.split('')].map(escaped).join(''),
  );
}

const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
