/**
 * A review of a plan as a value: the answers that a person gave to its operations, in order, and the intent that they come
 * to. Pure: the same answers to the same intent give the same intent, so `apply` computes what was reviewed.
 */
import { z } from 'zod';
import { isInside } from './paths.js';
import type { Intent } from './plan.js';
import { path } from './plan-schema.js';

/** `apart`: accepted, in a commit of its own. */
const answer = z.strictObject({ answer: z.enum(['accept', 'reject', 'apart']), keys: z.array(path) });
/** A module goes elsewhere. */
const destination = z.strictObject({ edit: z.literal('destination'), key: path, to: path });
/** Of two copies the other one stays. */
const swap = z.strictObject({ edit: z.literal('swap'), key: path });
/** In place of a package that which is in it, to be answered one by one. */
const parts = z.strictObject({
  edit: z.literal('parts'),
  key: path,
  moves: z.array(z.strictObject({ from: path, to: path })),
});
/** What `--accept` and `--rewrite` would have said; with a key for one operation, and gone when that leaves the plan. */
const places = z.strictObject({
  edit: z.literal('places'),
  key: path.nullable(),
  accept: z.array(z.string()),
  rewrite: z.array(z.string()),
});
const step = z.union([answer, destination, swap, parts, places]);

export type ReviewStep = z.infer<typeof step>;
export type ReviewAnswer = z.infer<typeof answer>['answer'];
type Edit = Exclude<ReviewStep, { answer: unknown }>;

/** Answers that were written down; `null` where the text is none of ours. */
export function parseSteps(text: string): ReviewStep[] | null {
  try {
    return z.array(step).parse(JSON.parse(text));
  } catch {
    return null;
  }
}

export interface Reviewed {
  /** As it was edited, with what was rejected still in it: what the next question is about. */
  readonly intent: Intent;
  /** By the operation's key. */
  readonly answers: ReadonlyMap<string, ReviewAnswer>;
  /** By the operation that it was said of, what the intent accepts more than it did. */
  readonly accepted: readonly (readonly [key: string, value: string])[];
}

/** The answers of a review so far. Later ones are about what earlier edits have made of the intent. */
export function reviewedIntent(intent: Intent, steps: readonly ReviewStep[]): Reviewed {
  const answers = new Map<string, ReviewAnswer>();
  const accepted: [string, string][] = [];
  let edited = intent;
  for (const each of steps) {
    if ('answer' in each) for (const key of each.keys) answers.set(key, each.answer);
    else {
      const anew = each.edit === 'places' ? each.accept.filter((value) => !intent.accept.includes(value)) : [];
      accepted.push(...anew.map((value): [string, string] => [each.key ?? '', value]));
      edited = withEdit(edited, each);
    }
  }
  return { intent: edited, answers, accepted };
}

/** What is left of the intent once the review is over. */
export function concludedIntent({ intent, answers, accepted }: Reviewed): Intent {
  const keysOf = (wanted: ReviewAnswer) => [...answers].filter(([, given]) => given === wanted).map(([key]) => key);
  const stays = ([key]: Reviewed['accepted'][number]) => answers.get(key) !== 'reject';
  const needed = new Set(accepted.filter(stays).map(([, value]) => value));
  const needless = new Set(accepted.map(([, value]) => value).filter((value) => !needed.has(value)));
  const accept = intent.accept.filter((value) => !needless.has(value));
  const left = without({ ...intent, accept }, keysOf('reject'));
  const apart = keysOf('apart');
  if (apart.length === 0 || left.command === 'merge' || left.command === 'retire') return left;
  return { ...left, apart: [...(left.apart ?? []), ...apart] };
}

/** Why nothing of the plan can be put into a commit of its own; `null` where it can. */
export function whyNotApart(intent: Intent): string | null {
  if (intent.command === 'merge') return 'a merge is one commit';
  if (intent.command === 'retire') return 'shims go in one commit: one may be the only user of another';
  return intent.batchSize === 1 ? 'it is a commit of its own already' : null;
}

function withEdit(intent: Intent, edit: Edit): Intent {
  if (edit.edit === 'places') return withPlaces(intent, edit);
  if (edit.edit === 'swap') return intent.command === 'dedupe' ? swapped(intent, edit.key) : intent;
  if (intent.command !== 'move') return intent;
  const instead = (from: string) => (edit.edit === 'parts' ? edit.moves : [{ from, to: edit.to }]);
  return { ...intent, moves: intent.moves.flatMap((each) => (each.from === edit.key ? instead(each.from) : [each])) };
}

function withPlaces(intent: Intent, { accept, rewrite }: Extract<Edit, { edit: 'places' }>): Intent {
  const accepted = { ...intent, accept: [...new Set([...intent.accept, ...accept])] };
  if (accepted.command !== 'move' && accepted.command !== 'merge') return accepted;
  return { ...accepted, rewrite: [...accepted.rewrite, ...rewrite] };
}

/** Other copies of the module that now goes are measured against the one that stays. */
function swapped(intent: Extract<Intent, { command: 'dedupe' }>, key: string): Intent {
  const chosen = intent.pairs.find(({ remove }) => remove === key);
  if (!chosen) return intent;
  const { keep, remove } = chosen;
  const pairs = intent.pairs.map((pair) => {
    if (pair === chosen) return { keep: remove, remove: keep };
    return pair.keep === keep ? { ...pair, keep: remove } : pair;
  });
  return { ...intent, pairs };
}

function without(intent: Intent, rejected: readonly string[]): Intent {
  if (rejected.length === 0) return intent;
  const stays = (key: string) => !rejected.includes(key);
  if (intent.command === 'dedupe') return { ...intent, pairs: intent.pairs.filter(({ remove }) => stays(remove)) };
  if (intent.command === 'move') return { ...intent, moves: intent.moves.filter(({ from }) => stays(from)) };
  if (intent.command === 'retire') return { ...intent, shims: intent.shims.filter(stays) };
  if (intent.command === 'transform') return { ...intent, except: [...(intent.except ?? []), ...rejected] };
  const from = intent.from.filter(stays);
  const isMeant = ({ path }: { readonly path: string }) => path === intent.into || from.includes(path);
  return { ...intent, from, rename: intent.rename.filter(isMeant), keep: intent.keep.filter(isMeant) };
}

/** Whether the intent asks for nothing any more. A transform asks for something as long as it changes a file. */
export function isEmptyIntent(intent: Intent): boolean {
  if (intent.command === 'dedupe') return intent.pairs.length === 0;
  if (intent.command === 'move') return intent.moves.length === 0;
  if (intent.command === 'retire') return intent.shims.length === 0;
  return intent.command === 'merge' && intent.from.length < (intent.from.includes(intent.into) ? 2 : 1);
}

/**
 * What is in a package that moves, each to where it would come with it: its modules, files and packages. Its
 * `__init__.py` stays, for a move of that is a move of the whole.
 */
export function partsOf(
  { from, to }: { readonly from: string; readonly to: string },
  files: readonly string[],
): { from: string; to: string }[] {
  const inside = files.filter((path) => isInside(path, from));
  const names = inside.map((path) => path.slice(from.length + 1).split('/')[0] as string);
  const known = new Set(names);
  const isOwn = (name: string) => !/^__init__\.pyi?$/.test(name);
  // A stub goes along with its module.
  const isAlone = (name: string) => !(name.endsWith('.pyi') && known.has(name.slice(0, -1)));
  return [...known]
    .filter((name) => isOwn(name) && isAlone(name))
    .map((name) => ({ from: `${from}/${name}`, to: `${to}/${name}` }));
}
