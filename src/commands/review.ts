/**
 * The dialogue of `--review`: doubtful places in text, a line at a time, each answered by a key. Knows no terminal: it
 * asks through a function, and its result is what `--accept` and `--rewrite` would have said.
 */
import type { TextualHit } from '../core/plan.js';
import { problem, RegraftError } from '../core/problems.js';
import { inert } from '../report/inert.js';
import type { Environment } from './command.js';
import { begun, commonKey, type Dialogue, given, questionText, said } from './dialogue.js';

export type Ask = (question: string) => Promise<string>;

export interface Reviewed {
  /** `CODE:PATH:LINE` of the places that stay as they are. */
  readonly accept: readonly string[];
  /** `PATH:LINE`, or `PATH:LINE=NEW TEXT`, of the places that are rewritten. */
  readonly rewrite: readonly string[];
  /** Lines without an answer. */
  readonly undecided: number;
}

/** The hits of one line: `--accept` and `--rewrite` name lines, so they share an answer. */
interface Line {
  readonly hits: readonly [TextualHit, ...TextualHit[]];
}

type Answer = 'yes' | 'no' | { readonly text: string };

/** What one key answers: a line, or with `a` all that follow, by their numbers. */
type Step = readonly (readonly [number, Answer])[];
type State = Dialogue<Step>;

const ANSWER_BEFOREHAND =
  'answer beforehand: --rewrite PATH:LINE for what changes, --accept CODE:PATH:LINE for what stays';

/** The function that asks a person. @throws RegraftError (`usage`) when nobody is there to answer. */
export function asker({ ask }: Pick<Environment, 'ask'>, who = '--review', hint = ANSWER_BEFOREHAND): Ask {
  if (ask) return ask;
  throw new RegraftError(problem('usage', `${who} asks questions, and standard input is no terminal`, { hint }));
}

/** Walks the hits that are to be reviewed; the others are left alone. */
export async function reviewHits(hits: readonly TextualHit[], ask: Ask): Promise<Reviewed> {
  const lines = linesOf(hits);
  let state: State = begun();
  for (let index = next(lines, state); index !== -1; index = next(lines, state)) {
    const key = (await ask(question(lines, state, index))).trim();
    const line = lines[index] as Line;
    state = key === 'e' ? await edited(state, line, index, ask) : answered(lines, state, index, key);
  }
  return result(lines, state);
}

function linesOf(hits: readonly TextualHit[]): Line[] {
  const lines = new Map<string, TextualHit[]>();
  for (const hit of hits) {
    if (hit.decision !== 'review') continue;
    const key = `${hit.path}:${hit.line}`;
    lines.set(key, [...(lines.get(key) ?? []), hit]);
  }
  return [...lines.values()].map((own) => ({ hits: own as [TextualHit, ...TextualHit[]] }));
}

const answersOf = ({ steps }: State): ReadonlyMap<number, Answer> => new Map(steps.flat());

/** The first line without an answer; -1 when there is none, or the person stopped. */
function next(lines: readonly Line[], state: State): number {
  const answers = answersOf(state);
  return state.stopped ? -1 : lines.findIndex((_, index) => !answers.has(index));
}

function answered(lines: readonly Line[], state: State, index: number, key: string): State {
  const line = lines[index] as Line;
  if (key === 'y') return isWritable(line) ? given(state, [[index, 'yes']]) : said(state, NOTHING_KNOWN);
  if (key === 'n') return given(state, [[index, 'no']]);
  if (key !== 'a') return commonKey(state, key, HELP);
  const all = rest(lines, state);
  return all.length > 0 ? given(state, all) : said(state, NOTHING_KNOWN);
}

const NOTHING_KNOWN = 'what would stand there is not known: e to write it yourself, n to leave it';

const HELP = [
  'y  rewrite it as shown',
  'n  leave it as it is',
  'a  rewrite this and all that follow; those without a replacement are still asked',
  'e  write the replacement yourself',
  'u  take the last answer back',
  'q  stop here; the rest stays undecided',
].join('\n');

function isWritable({ hits }: Line): boolean {
  return hits.every(({ replacement }) => replacement !== null);
}

function rest(lines: readonly Line[], state: State): [number, Answer][] {
  const answers = answersOf(state);
  return lines.flatMap((line, index) => (answers.has(index) || !isWritable(line) ? [] : [[index, 'yes']]));
}

async function edited(state: State, { hits }: Line, index: number, ask: Ask): Promise<State> {
  const [hit] = hits;
  if (hits.length > 1) return said(state, 'several names stand on this line; change it by hand and answer n');
  const text = (await ask(`  ${inert(hit.written)} becomes (nothing to go back): `)).trim();
  if (text === '') return said(state, '');
  return /[\r\n]/.test(text) ? said(state, 'one line only') : given(state, [[index, { text }]]);
}

function result(lines: readonly Line[], state: State): Reviewed {
  const answers = answersOf(state);
  const accept: string[] = [];
  const rewrite: string[] = [];
  for (const [index, { hits }] of lines.entries()) {
    const answer = answers.get(index);
    const place = `${hits[0].path}:${hits[0].line}`;
    if (answer === 'no') accept.push(...new Set(hits.map(({ code }) => `${code ?? 'string-reference'}:${place}`)));
    else if (answer === 'yes') rewrite.push(place);
    else if (answer) rewrite.push(`${place}=${answer.text}`);
  }
  return { accept, rewrite, undecided: lines.length - answers.size };
}

function question(all: readonly Line[], state: State, index: number): string {
  const { hits } = all[index] as Line;
  const [first] = hits;
  const keys = isWritable({ hits }) ? 'y,n,a,e,u,q,?' : 'n,e,u,q,?';
  const lines = [
    `(${index + 1}/${all.length}) ${inert(first.path)}:${first.line}`,
    ...excerpt(hits),
    ...hits.map(
      ({ written, replacement }) => `  ${inert(written)} -> ${replacement === null ? '?' : inert(replacement)}`,
    ),
    ...new Set(hits.map(({ reason }) => `  ${inert(reason)}`)),
  ];
  return questionText(state.notice, lines, `rewrite? [${keys}] `);
}

/** The source line with a caret under each name; without carets where the excerpt does not hold what is replaced. */
function excerpt(hits: Line['hits']): string[] {
  const [{ text }] = hits;
  let from = 0;
  let carets = '';
  for (const { written } of [...hits].sort((a, b) => a.column - b.column)) {
    const at = text.indexOf(written, from);
    if (at === -1) continue;
    from = at + written.length;
    carets = carets.padEnd([...inert(text.slice(0, at))].length) + '^'.repeat([...inert(written)].length);
  }
  return [`    ${inert(text)}`, ...(carets ? [`    ${carets}`] : [])];
}
