/**
 * Module names inside Python's strings and comments. Names in code are the import graph's matter and are skipped here;
 * string annotations and `__all__` are code too.
 */
import type { Facts, StringLiteral } from '../facts.js';
import type { Span } from '../model.js';
import { contexts } from './context.js';
import type { Mention, MentionFile, MentionForm, MentionTarget, Occurrence, Verdict } from './model.js';
import { findOccurrences } from './occurrences.js';
import type { IsFile } from './paths.js';

/** One occurrence inside a literal, as the rules see it. */
export interface PythonOccurrence {
  readonly form: MentionForm;
  /** The name is part of something else: a longer dotted name, another file. */
  readonly elsewhere: boolean;
  readonly tail: string;
  /** The literal up to the occurrence, and after the span that names the module; at most 200 units each. */
  readonly before: string;
  readonly after: string;
  /** The source line up to the occurrence. */
  readonly line: string;
  /** The source before the literal, at most 200 units: tells `['-m', HERE]`. */
  readonly preceding: string;
  /** The literal is an entry of `pytest_plugins`, or the name of a dynamic import that the facts have already read. */
  readonly imported: boolean;
}

/** The literal's circumstances; `null` for a comment. */
export type LiteralContext = Pick<StringLiteral, 'callee' | 'argument' | 'role' | 'interpolated'> | null;

const IMPORTER =
  /(?:^|\.)(?:patch|patch\.dict|patch\.multiple|importorskip|import_module|__import__|run_module|resolve_name|find_spec|find_module)$|(?:^|\.)(?:monkeypatch|mp|mpatch|m)\.(?:setattr|delattr|setitem)$/;
const PROCESS = /(?:^|\.)(?:subprocess\.(?:run|call)|Popen|check_call|check_output|create_subprocess_exec)$/;
const LOGGER = /(?:^|\.)(?:getLogger|get_logger|getChild)$/;
const IN_DOCTEST_IMPORT = /^\s*(?:>>>|\.\.\.)\s+(?:import|from)\s+$/;
const DOCTEST = /^\s*(?:>>>|\.\.\.)\s/;
const MODULE_FLAG = /["']-m["']\s*,\s*[a-zA-Z]{0,2}["']{1,3}$/;
/** `-m` some lines or arguments before, as in `['-m', 'unittest', HERE]`. */
const MODULE_FLAG_EARLIER = /["']-m["']\s*,[^()=]*$/;
const COMMAND = /\bpy(?:thon|py)?[\d.]*(?:\.exe)?(?:\s+-[^\s]+)*\s+-m\s*$/;

interface Facing extends PythonOccurrence {
  readonly literal: LiteralContext;
  /** The dotted name, with its tail, is the whole literal. */
  readonly exact: boolean;
}

interface PythonRule extends Verdict {
  readonly forms: readonly MentionForm[];
  readonly when: (facing: Facing) => boolean;
}

const ANY: readonly MentionForm[] = ['dotted', 'path', 'name'];
const sure = { confidence: 'certain', decision: 'rewrite' } as const;
const perhaps = { confidence: 'likely', decision: 'block' } as const;
const harmless = { confidence: 'possible', decision: 'leave' } as const;

/** One row per rule; the first that fits decides, the last fits everything. */
const RULES: readonly PythonRule[] = [
  {
    forms: ['name'],
    ...perhaps,
    reason: 'A string that is imported by name begins with this name.',
    when: (f) =>
      !f.imported && isFirst(f) && IMPORTER.test(f.literal?.callee ?? '') && (f.before === '' || f.before === '.'),
  },
  { forms: ANY, ...harmless, reason: 'It belongs to the name of something else.', when: (f) => f.elsewhere },
  { forms: ANY, ...harmless, reason: 'A comment is not executed.', when: (f) => f.literal === null },
  {
    forms: ['dotted'],
    ...sure,
    reason: 'A doctest imports this module.',
    when: (f) => isDocstring(f) && IN_DOCTEST_IMPORT.test(f.line),
  },
  {
    forms: ['dotted', 'name'],
    ...perhaps,
    reason: 'A doctest uses this name.',
    when: (f) => isDocstring(f) && DOCTEST.test(f.line),
  },
  { forms: ANY, ...harmless, reason: 'A docstring is not executed.', when: isDocstring },
  {
    forms: ANY,
    ...harmless,
    reason: 'A string annotation or __all__ is resolved as code.',
    when: (f) => f.literal?.role === 'annotation' || f.literal?.role === 'export',
  },
  {
    forms: ['dotted'],
    ...harmless,
    reason: 'A logger name looks like a module but imports nothing.',
    when: (f) => LOGGER.test(f.literal?.callee ?? ''),
  },
  {
    forms: ['dotted'],
    ...sure,
    reason: 'This string is imported by name.',
    when: (f) => f.exact && (f.imported || (isFirst(f) && IMPORTER.test(f.literal?.callee ?? ''))),
  },
  {
    forms: ['dotted'],
    ...sure,
    reason: 'The form module:attribute names an object to load.',
    when: (f) => f.exact && f.tail.includes(':'),
  },
  {
    forms: ['dotted'],
    ...sure,
    reason: 'A process runs this module with -m.',
    when: (f) =>
      (f.exact &&
        (MODULE_FLAG.test(f.preceding) ||
          (PROCESS.test(f.literal?.callee ?? '') && MODULE_FLAG_EARLIER.test(f.preceding)))) ||
      COMMAND.test(f.before),
  },
  { forms: ['dotted'], ...perhaps, reason: 'A string names this module; something may import it.', when: () => true },
  { forms: ['path'], ...perhaps, reason: 'A string names this file; something may open or run it.', when: () => true },
  {
    forms: ['name'],
    ...harmless,
    reason: 'The bare name is a whole string; only a computed import could complete it.',
    when: (f) => f.before === '' && f.after === '',
  },
  { forms: ANY, ...harmless, reason: 'The bare word is not used as a module name or a path here.', when: () => true },
];

function isDocstring(facing: Facing): boolean {
  return facing.literal?.role === 'docstring';
}

function isFirst({ literal }: Facing): boolean {
  return typeof literal?.argument !== 'number' || literal.argument === 0;
}

/** Judges one occurrence inside a string literal, or inside a comment when `literal` is `null`. */
export function classifyPythonString(literal: LiteralContext, occurrence: PythonOccurrence): Verdict {
  const exact = occurrence.before === '' && occurrence.after === occurrence.tail && !literal?.interpolated;
  const facing: Facing = { ...occurrence, literal, exact };
  const { confidence, decision, reason } = RULES.find(
    (rule) => rule.forms.includes(facing.form) && rule.when(facing),
  ) as PythonRule;
  return { confidence, decision, reason };
}

interface Region {
  readonly span: Span;
  readonly literal: StringLiteral | null;
}

/**
 * Every occurrence of the targets in the string literals and comments of one Python text (a file, or a notebook's cell),
 * in text order.
 */
export function findPythonMentions(
  file: { readonly path: string; readonly text: string },
  facts: Pick<Facts, 'strings' | 'comments' | 'dynamics'>,
  targets: readonly MentionTarget[],
  isFile: IsFile = () => false,
): Mention[] {
  const found = findOccurrences(file, targets, isFile);
  if (found.length === 0) return [];
  const regionAt = regions(facts);
  const dynamic = new Set(
    facts.dynamics.flatMap(({ name }) => (name.kind === 'literal' && name.span ? [name.span.start] : [])),
  );
  const contextOf = contexts({ ...file, kind: 'python' } satisfies MentionFile);
  return found.flatMap((occurrence) => {
    const region = regionAt(occurrence.span);
    if (!region) return [];
    const known = dynamic.has(region.span.start) || dynamic.has(region.span.start - 1);
    return [judged(occurrence, region, known, contextOf)];
  });
}

const REACH = 200;

function judged(
  occurrence: Occurrence,
  { span, literal }: Region,
  known: boolean,
  contextOf: ReturnType<typeof contexts>,
): Mention {
  const context = contextOf(occurrence);
  const { text, path } = context.file;
  const { start, end } = occurrence.span;
  const facing: PythonOccurrence = {
    ...asModule(occurrence, span),
    elsewhere: occurrence.elsewhere,
    before: text.slice(Math.max(span.start, start - REACH), start),
    after: text.slice(end, Math.min(span.end, end + REACH)),
    line: context.before,
    preceding: text.slice(Math.max(0, span.start - REACH), span.start),
    imported: known || (literal?.callee === null && isPytestPlugins(text, span.start)),
  };
  const first = classifyPythonString(literal, facing);
  // A top-level module's bare name counts as its dotted name only where something certainly imports it.
  const bare = occurrence.form === 'name' && facing.form === 'dotted' && first.confidence !== 'certain';
  const form = bare ? 'name' : facing.form;
  const verdict = bare ? classifyPythonString(literal, { ...facing, form }) : first;
  return {
    target: occurrence.target.key,
    path,
    line: context.lineNumber + 1,
    column: context.column,
    span: occurrence.span,
    text: context.excerpt,
    form,
    tail: form === 'name' ? '' : facing.tail,
    class: literal === null || literal.role === 'docstring' ? 'comment' : 'string',
    effect: verdict.decision === 'leave' ? 'mention' : 'reference',
    ...verdict,
    code: verdict.decision !== 'block' ? null : form === 'path' ? 'path-reference' : 'string-reference',
  };
}

function asModule({ form, target, tail, span }: Occurrence, region: Span): { form: MentionForm; tail: string } {
  const inside = tail.slice(0, Math.max(0, region.end - span.end));
  const topLevel = form === 'name' && target.dottedNames.includes(target.name);
  return { form: topLevel ? 'dotted' : form, tail: inside };
}

/** The statement that holds the literal assigns `pytest_plugins`: the last line before it that starts at column one says so. */
function isPytestPlugins(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 4000), at);
  return /(?:^|\n)pytest_plugins\b[^\n]*=[^\n]*(?:\n(?:[ \t)\]#"'][^\n]*)?)*$/.test(before);
}

/** Gives the innermost string or comment around a span; ask in text order. Strings nest only inside f-strings. */
function regions(facts: Pick<Facts, 'strings' | 'comments'>): (span: Span) => Region | null {
  const all: Region[] = [
    ...facts.strings.map((literal) => ({ span: literal.span, literal })),
    ...facts.comments.map((span) => ({ span, literal: null })),
  ].sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  const open: Region[] = [];
  let next = 0;
  return ({ start, end }) => {
    for (; next < all.length && (all[next] as Region).span.start <= start; next++) {
      const region = all[next] as Region;
      while (open.length > 0 && (open.at(-1) as Region).span.end <= region.span.start) open.pop();
      open.push(region);
    }
    while (open.length > 0 && (open.at(-1) as Region).span.end < end) open.pop();
    return open.at(-1) ?? null;
  };
}
