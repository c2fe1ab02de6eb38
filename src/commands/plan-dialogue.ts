/**
 * The dialogue of `regraft review`: a plan's operations one at a time, each answered by a key. Pure: what an answer makes
 * of the review is said here; asking, computing again and keeping are done elsewhere.
 */
import { acceptedValue } from '../core/accept.js';
import type { MovedFile, Problem } from '../core/model.js';
import type { DedupeIntent, Intent } from '../core/plan.js';
import { type ReviewAnswer, type ReviewStep, whyNotApart } from '../core/reviewing.js';
import { inert } from '../report/inert.js';
import { commonKey, type Dialogue, given, said } from './dialogue.js';
import type { PlannedOperation } from './operations.js';

export type PlanDialogue = Dialogue<ReviewStep>;
export type AskedOperation = Omit<PlannedOperation, 'look'>;

/** What is known when an operation is asked about. */
export interface Asked {
  /** With all edits so far. */
  readonly intent: Intent;
  readonly operations: readonly AskedOperation[];
  readonly answers: ReadonlyMap<string, ReviewAnswer>;
}

/** All keys but `e` and `d`, which need more than the key. */
export function answered(dialogue: PlanDialogue, asked: Asked, operation: AskedOperation, key: string): PlanDialogue {
  const give = (answer: ReviewAnswer, keys = [operation.key]) => given(dialogue, { answer, keys });
  if (key === 'n') return give('reject');
  if (key === 's') return split(dialogue, operation);
  if (key === 'a') {
    const open = openOf(asked).filter(({ isRefused }) => !isRefused);
    const keys = open.map((each) => each.key);
    return keys.length > 0 ? give('accept', keys) : said(dialogue, REFUSED);
  }
  if (key !== 'y' && key !== 'c') return commonKey(dialogue, key, helpFor(asked.intent));
  if (operation.isRefused) return said(dialogue, REFUSED);
  const reason = key === 'c' ? notApart(asked, operation) : null;
  return reason === null ? give(key === 'c' ? 'apart' : 'accept') : said(dialogue, reason);
}

/** Operations without an answer, in order. */
export function openOf<T extends AskedOperation>({
  operations,
  answers,
}: {
  operations: readonly T[];
  answers: Asked['answers'];
}): T[] {
  return operations.filter(({ key }) => !answers.has(key));
}

function split(dialogue: PlanDialogue, { key, parts }: AskedOperation): PlanDialogue {
  if (parts.length === 0) return said(dialogue, 'it has no parts to be asked about one by one');
  return {
    ...given(dialogue, { edit: 'parts', key, moves: [...parts] }),
    notice: `what is in ${inert(key)} is asked one by one; its __init__.py stays`,
  };
}

const notApart = ({ intent }: Asked, { whyNotApart: own }: AskedOperation) => whyNotApart(intent) ?? own;

/** What the text given to `e` means. @param destination where a move would go by what was written; may throw */
export function edited(
  dialogue: PlanDialogue,
  { intent }: Pick<Asked, 'intent'>,
  { key }: AskedOperation,
  refusals: readonly Problem[],
  text: string,
  destination: (from: string, text: string) => MovedFile,
): PlanDialogue {
  if (text === '') return said(dialogue, '');
  const codes = acceptable(refusals);
  const words = text.split(/[\s,]+/);
  if (words.every((word) => codes.has(word)))
    return given(dialogue, {
      edit: 'places',
      key,
      accept: words.flatMap((word) => codes.get(word) ?? []),
      rewrite: [],
    });
  if (intent.command === 'dedupe' && text === 'swap') return swapped(dialogue, intent, key);
  if (intent.command === 'move') return given(dialogue, { edit: 'destination', key, to: destination(key, text).to });
  return said(dialogue, `'${inert(text)}' is none of them`);
}

function swapped(dialogue: PlanDialogue, { pairs }: DedupeIntent, key: string): PlanDialogue {
  const kept = pairs.find(({ remove }) => remove === key)?.keep;
  const other = pairs.find(({ remove }) => remove === kept);
  if (!other) return given(dialogue, { edit: 'swap', key });
  return said(dialogue, `${inert(other.remove)} goes already, as a copy of ${inert(other.keep)}`);
}

/** What may be written after `e`, a line for each, and last the one to answer on; `null` where there is nothing to change. */
export function editPrompt(intent: Intent, refusals: readonly Problem[]): string | null {
  const choices = [
    ...(intent.command === 'move' ? ['  a path, a directory or a dotted name: where it goes instead'] : []),
    ...(intent.command === 'dedupe' ? ['  swap: the other copy stays'] : []),
    ...[...acceptable(refusals).keys()].map((code) => `  ${code}: that is accepted`),
  ];
  return choices.length > 0 ? [...choices, 'change to (nothing to go back): '].join('\n') : null;
}

/** By code, the values that `--accept` would take: what is accepted is accepted in its places only. */
function acceptable(refusals: readonly Problem[]): Map<string, string[]> {
  const codes = new Map<string, string[]>();
  for (const refusal of refusals) {
    const value = acceptedValue(refusal);
    if (value !== null) codes.set(refusal.code, [...new Set([...(codes.get(refusal.code) ?? []), value])]);
  }
  return codes;
}

/** The keys that mean something for the operation. */
export function promptFor(asked: Asked, operation: AskedOperation, refusals: readonly Problem[]): string {
  const keys = [
    ...(operation.isRefused ? [] : ['y']),
    'n',
    ...(operation.isRefused || notApart(asked, operation) !== null ? [] : ['c']),
    ...(operation.parts.length > 0 ? ['s'] : []),
    ...(editPrompt(asked.intent, refusals) === null ? [] : ['e']),
    'a',
    'u',
    'd',
    'q',
    '?',
  ];
  return `${operation.isRefused ? 'refused; leave it out?' : 'do it?'} [${keys.join(',')}] `;
}

const REFUSED = 'it is refused: e to change that, n to leave it out';

const EDITS: Readonly<Record<Intent['command'], string>> = {
  dedupe: 'keep the other copy (swap), or accept what is refused, by its code',
  move: 'another destination, or accept what is refused, by its code',
  merge: 'accept what is refused, by its code',
  retire: 'accept what is refused, by its code',
  transform: 'accept what is refused, by its code',
};

function helpFor(intent: Intent): string {
  const { command } = intent;
  return [
    'y  it is done as shown',
    'n  it leaves the plan',
    ...(whyNotApart(intent) === null ? ['c  it is done, in a commit of its own'] : []),
    ...(command === 'move' ? ['s  split: what is in the package is asked one by one'] : []),
    `e  edit: ${EDITS[command]}`,
    'a  this and all that follow are done; what is refused is still asked',
    'u  take the last answer back',
    'd  all of it: evidence and difference',
    'q  stop here; the next review of this plan goes on after the last answer',
  ].join('\n');
}
