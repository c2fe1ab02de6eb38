/**
 * The dialogue of `--review`: doubtful places in text, a line at a time, each answered by a key. Knows no terminal: it
 * asks through a function, and its result is what `--accept` and `--rewrite` would have said.
 */
import type { TextualHit } from '../core/plan.js';
import { problem, RegraftError } from '../core/problems.js';
import { inert } from '../report/inert.js';
import type { Environment } from './command.js';

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

interface State {
  readonly lines: readonly Line[];
  readonly answers: ReadonlyMap<number, Answer>;
  readonly before: State | null;
  readonly stopped: boolean;
  /** Said before the next question. */
  readonly notice: string;
}

/** The function that asks a person. @throws RegraftError (`usage`) when nobody is there to answer. */
export function asker({ ask }: Pick<Environment, 'ask'>): Ask {
  if (ask) return ask;
  const hint = 'answer beforehand: --rewrite PATH:LINE for what changes, --accept CODE:PATH:LINE for what stays';
  throw new RegraftError(problem('usage', '--review asks questions, and standard input is no terminal', { hint }));
}

/** Walks the hits that are to be reviewed; the others are left alone. */
export async function reviewHits(hits: readonly TextualHit[], ask: Ask): Promise<Reviewed> {
  let state: State = { lines: linesOf(hits), answers: new Map(), before: null, stopped: false, notice: '' };
  for (let index = next(state); index !== -1; index = next(state)) {
    const key = (await ask(question(state, index))).trim();
    state = key === 'e' ? await edited(state, index, ask) : answered(state, index, key);
  }
  return result(state);
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

/** The first line without an answer; -1 when there is none, or the person stopped. */
function next({ lines, answers, stopped }: State): number {
  return stopped ? -1 : lines.findIndex((_, index) => !answers.has(index));
}

function answered(state: State, index: number, key: string): State {
  const line = state.lines[index] as Line;
  if (key === 'y') return isWritable(line) ? given(state, [[index, 'yes']]) : said(state, NOTHING_KNOWN);
  if (key === 'n') return given(state, [[index, 'no']]);
  if (key === 'a') return given(state, rest(state));
  if (key === 'q') return { ...state, stopped: true };
  if (key === 'u') return state.before ? { ...state.before, notice: '' } : said(state, 'nothing to undo yet');
  return said(state, key === '?' ? HELP : `'${inert(key)}' is no answer; ? explains them`);
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

function rest({ lines, answers }: State): [number, Answer][] {
  return lines.flatMap((line, index) => (answers.has(index) || !isWritable(line) ? [] : [[index, 'yes']]));
}

function given(state: State, entries: readonly (readonly [number, Answer])[]): State {
  if (entries.length === 0) return said(state, NOTHING_KNOWN);
  return { ...state, answers: new Map([...state.answers, ...entries]), before: state, notice: '' };
}

function said(state: State, notice: string): State {
  return { ...state, notice };
}

async function edited(state: State, index: number, ask: Ask): Promise<State> {
  const { hits } = state.lines[index] as Line;
  const [hit] = hits;
  if (hits.length > 1) return said(state, 'several names stand on this line; change it by hand and answer n');
  const text = (await ask(`  ${inert(hit.written)} becomes (nothing to go back): `)).trim();
  if (text === '') return said(state, '');
  return /[\r\n]/.test(text) ? said(state, 'one line only') : given(state, [[index, { text }]]);
}

function result({ lines, answers }: State): Reviewed {
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

function question(state: State, index: number): string {
  const { hits } = state.lines[index] as Line;
  const [first] = hits;
  const keys = isWritable({ hits }) ? 'y,n,a,e,u,q,?' : 'n,e,u,q,?';
  const lines = [
    ...(state.notice ? [state.notice, ''] : []),
    `(${index + 1}/${state.lines.length}) ${inert(first.path)}:${first.line}`,
    ...excerpt(hits),
    ...hits.map(
      ({ written, replacement }) => `  ${inert(written)} -> ${replacement === null ? '?' : inert(replacement)}`,
    ),
    ...new Set(hits.map(({ reason }) => `  ${inert(reason)}`)),
  ];
  return `${lines.join('\n')}\nrewrite? [${keys}] `;
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
