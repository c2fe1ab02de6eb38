/** A planned recipe on the page: its phases with every change, its difference and its evidence; the trees before and after. */
import type { Batch, Change, Problem } from '../../core/model.js';
import type { PairDecision, TextualHit } from '../../core/plan.js';
import { evidenceOf } from '../evidence.js';
import { namesOf } from '../merge-report.js';
import { movedLines } from '../move-report.js';
import type { FileChange } from '../patch.js';
import { placeOf } from '../problems-text.js';
import { type MergedReport, type PhaseReport, phaseCounts, type RecipeReport } from '../recipe-report.js';
import { plainStyle } from '../style.js';
import { type Drawn, drawnTreeChange } from '../tree.js';
import { counted, grouped, percent } from '../words.js';
import { diffMarkup } from './diff.js';
import { spaced, symbols } from './inventory-sections.js';
import { code, html, type Markup, type Part } from './markup.js';
import type { Section } from './page.js';
import { table } from './table.js';

/** What each batch does to files, by its id. */
export type BatchFiles = ReadonlyMap<string, readonly FileChange[]>;

const STATUS_CLASS: Readonly<Record<PhaseReport['status'], string>> = {
  planned: 'good',
  done: 'quiet',
  refused: 'bad',
  'not-planned': 'quiet',
};

export function phasesSection({ phases }: RecipeReport, files: BatchFiles): Section {
  const blocks = phases.map((phase, index) => phaseBlock(phase, index, files));
  return { id: 'phases', title: 'Phases and changes', content: blocks };
}

function phaseBlock(phase: PhaseReport, index: number, files: BatchFiles): Markup {
  const { name, kind, status, decisions, moved, merged, batches, done, refusals, findings } = phase;
  const told = new Set(decisions.flatMap((each) => [...each.refusals, ...each.findings]));
  const own = [
    ...refusals.map((each) => ['refused', each] as const),
    ...findings.map((each) => [each.severity, each] as const),
  ];
  const moves = moved && !merged ? movedLines({ result: moved }) : [];
  return html`<div class="phase" id="phase-${index + 1}">
<h3>${index + 1}. ${name} <span class="quiet">(${kind})</span> <span class="${STATUS_CLASS[status]}">${status.replace('-', ' ')}</span></h3>
${status === 'planned' ? html`<p>${phaseCounts(phase)}</p>` : null}
${done.length > 0 ? html`<p class="quiet">carried out before: ${done.map((each) => html`${code(each)} `)}</p>` : null}
${own.filter(([, problem]) => !told.has(problem)).map(([word, problem]) => problemBlock(word, problem))}
${decisions.map(decisionBlock)}
${merged ? merged.from.map((path) => mergedBlock(merged, path)) : null}
${moves.length > 0 ? html`<ul>${moves.map(({ from, to }) => html`<li>${code(from)} → ${code(to)}</li>`)}</ul>` : null}
${moved ? hitsBlock(moved.hits) : null}
${batches.map((batch) => batchBlock(batch, files.get(batch.id) ?? []))}
</div>`;
}

function problemBlock(word: string, problem: Problem): Markup {
  const place = placeOf(problem);
  const tone = word === 'refused' ? 'bad' : word === 'warning' ? 'moved' : 'quiet';
  return html`<p><strong class="${tone}">${word}</strong> ${code(problem.code)}: ${problem.message}${place ? html` at ${code(place)}` : null}${
    word === 'refused' && problem.hint ? html`<br><span class="quiet">hint: ${problem.hint}</span>` : null
  }</p>`;
}

const MARKS = { tick: ['good', '✓'], cross: ['bad', '✗'], ask: ['moved', '?'] } as const;

/** A pair of duplicates: what speaks for and against, reference by reference. */
function decisionBlock(decision: PairDecision): Markup {
  const { keep, remove, comparison, refusals, findings, accepted } = decision;
  const goes = decision.decision === 'delete';
  const { lines, none, mentions } = evidenceOf(decision);
  const rows = [
    ...lines.map(({ mark, label, places, reason }): Part[] => {
      const [tone, sign] = MARKS[mark];
      return [
        html`<span class="${tone}">${sign}</span>`,
        label,
        grouped(places.length),
        placesOf(places),
        reason ?? '',
      ];
    }),
    ...(mentions.length > 0
      ? [['·', 'mentions', grouped(mentions.length), placesOf(mentions), 'left as they are']]
      : []),
  ];
  const columns = [
    { title: '' },
    { title: 'Reference' },
    { title: 'Count', right: true },
    { title: 'Places' },
    { title: '' },
  ] as const;
  const title = html`<span class="${goes ? 'good' : 'bad'}">${goes ? '✓ delete' : '✗ leave'}</span> ${code(remove)}, ${goes ? 'keep' : 'beside'} ${code(keep)} <span class="quiet">${comparison.verdict}, ${percent(comparison.similarity)} similar</span>`;
  return html`<details class="change"><summary>${title}</summary>
<div>${symbols(comparison)}</div>${rows.length > 0 ? table(`references to ${remove}`, columns, rows) : null}
${none.length > 0 ? html`<p class="quiet">Not found: ${none.join(', ')}.</p>` : null}
${refusals.map((each) => problemBlock('refused', each))}${findings.map((each) => problemBlock(each.severity, each))}${accepted.map((each) => problemBlock('accepted', each))}
</details>`;
}

const MOST_PLACES = 12;

function placesOf(places: readonly { readonly path: string; readonly line: number }[]): Part {
  const shown = places.slice(0, MOST_PLACES).map(({ path, line }) => html`${code(`${path}:${line}`)} `);
  const more = places.length - shown.length;
  return [shown, more > 0 ? `and ${grouped(more)} more` : ''];
}

function mergedBlock(merged: MergedReport, path: string): Markup {
  const said = (names: readonly string[], words: string): Part =>
    names.length > 0 ? html`; ${words} ${spaced(names.map(code))}` : null;
  return html`<p>${code(path)} becomes part of ${code(merged.into)}${said(namesOf(merged, 'same', path), 'one copy is enough of')}${said(namesOf(merged, 'renamed', path), 'called otherwise:')}</p>`;
}

/** Strings, settings and documents that name what moves. */
function hitsBlock(hits: readonly TextualHit[]): Markup | null {
  if (hits.length === 0) return null;
  const rows = hits.map(({ path, line, written, replacement, decision, reason }): Part[] => [
    html`<span class="${decision === 'rewrite' ? 'good' : decision === 'review' ? 'moved' : 'quiet'}">${decision}</span>`,
    code(`${path}:${line}`),
    decision === 'leave' ? code(written) : [code(written), ' → ', replacement === null ? '?' : code(replacement)],
    reason,
  ]);
  const columns = [{ title: '' }, { title: 'Place' }, { title: 'Text' }, { title: 'Why' }];
  return html`<details class="change"><summary>${counted(hits.length, 'place')} in strings, settings and documents</summary>${table('texts', columns, rows)}</details>`;
}

function batchBlock(batch: Batch, files: readonly FileChange[]): Markup {
  const byPath = new Map(files.map((file) => [file.path, file]));
  return html`<h4>Commit: ${batch.title}</h4>
${batch.changes.map((change) => changeBlock(change, byPath.get(change.path)))}`;
}

const KINDS = {
  rewrite: ['moved', 'rewritten'],
  delete: ['bad', 'deleted'],
  create: ['good', 'created'],
  move: ['moved', 'moved'],
} as const;

/** One file of one commit: why each place changes, and the difference. */
function changeBlock(change: Change, file: FileChange | undefined): Markup {
  const [tone, word] = KINDS[change.kind];
  const from = change.kind === 'move' ? html`${code(change.from)} → ` : null;
  return html`<details class="change"><summary><span class="kind ${tone}">${word}</span> ${from}${code(change.path)}</summary>
${reasonsOf(change, file)}${file ? diffMarkup(file) : null}
</details>`;
}

const MOST_REASONS = 40;

function reasonsOf(change: Change, file: FileChange | undefined): Markup | null {
  if (change.kind === 'delete' || change.kind === 'create' || change.edits.length === 0) return null;
  const lineOf = (offset: number) => lineAt(file?.before ?? new Uint8Array(), offset);
  const items = change.edits
    .slice(0, MOST_REASONS)
    .map(({ start, reason }) => html`<li><span class="quiet">line ${lineOf(start)}:</span> ${reason}</li>`);
  const more = change.edits.length - items.length;
  return html`<ul>${items}${more > 0 ? html`<li class="quiet">and ${grouped(more)} more</li>` : null}</ul>`;
}

const LINE_FEED = 10;

function lineAt(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let at = bytes.indexOf(LINE_FEED); at !== -1 && at < offset; at = bytes.indexOf(LINE_FEED, at + 1)) line++;
  return line;
}

/** Wide enough that no label is cut. */
const STYLE = plainStyle(1000);

/** The two trees side by side; the page's script draws lines from each old place to the new one. */
export function treesSection({ tree }: RecipeReport): Section {
  const { before, after } = drawnTreeChange(tree, STYLE);
  const target = new Map(tree.moves.map(({ from, to }) => [from, to]));
  const targets = [...new Set(target.values())].sort();
  const numbers = new Map(targets.map((to, index) => [to, index]));
  const rows = (side: 'before' | 'after', lines: readonly Drawn[]) => {
    const own = lines.map((line) => {
      const to = side === 'before' ? target.get(line.path ?? '') : (line.path ?? '');
      return treeRow(line, to === undefined ? undefined : numbers.get(to));
    });
    return html`<div class="${side} mono">${own}</div>`;
  };
  const content = html`<p class="quiet">What does not change is folded. Lines lead from where a file stands to where it will stand.</p>
<div id="moves">${rows('before', before)}${rows('after', after)}</div>`;
  return { id: 'trees', title: 'Directories before and after', content };
}

/** What several files become has one number. */
function treeRow({ text, lead, label }: Drawn, move: number | undefined): Markup {
  const tone = { green: 'good', red: 'bad', yellow: 'moved', dim: 'quiet' }[label?.paint ?? 'dim'];
  // The text is inert already; it has no path left in it.
  const content = html`<span class="fork" aria-hidden="true">${text.slice(0, lead)}</span><bdi>${text.slice(lead)}</bdi>${
    label ? html`<span class="end ${tone}" title="${label.text}">  ${label.text}</span>` : null
  }`;
  if (move === undefined) return html`<div class="row">${content}</div>\n`;
  return html`<div class="row" tabindex="0" data-move="${move}">${content}</div>\n`;
}
