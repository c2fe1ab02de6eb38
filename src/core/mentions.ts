/**
 * References outside Python's own syntax: every place where a text holds a module's bare name is found and judged once.
 * Pure; knows no disk and no graph. What the judgements mean for a plan is decided elsewhere.
 */
import type { FileKind } from './file-kinds.js';
import { type Context, contexts } from './mentions/context.js';
import type { Mention, MentionClass, MentionCode, MentionFile, MentionTarget, Verdict } from './mentions/model.js';
import { findOccurrences } from './mentions/occurrences.js';
import type { IsFile } from './mentions/paths.js';
import { RULES, type Rule } from './mentions/rules.js';

export type * from './mentions/model.js';
export type { IsFile } from './mentions/paths.js';
export { classifyPythonString, findPythonMentions, type PythonOccurrence } from './mentions/python.js';

const CLASS: Readonly<Record<FileKind, MentionClass>> = {
  config: 'config',
  build: 'build',
  docs: 'docs',
  data: 'data',
  binary: 'data',
  'script-js': 'javascript',
  notebook: 'notebook',
  python: 'string',
  stub: 'string',
};

/**
 * Every occurrence of the targets in one decoded text, each judged once, in text order.
 * @param isFile says which paths exist in the repository, so that `other/x.py` is told from `x.py`; without it a longer
 * path is taken to be the target's.
 */
export function findMentions(
  file: MentionFile,
  targets: readonly MentionTarget[],
  isFile: IsFile = () => false,
): Mention[] {
  return mentionsInContext(file, targets, isFile).map(({ mention }) => mention);
}

/** See {@link findMentions}: with what surrounds each. */
export function mentionsInContext(
  file: MentionFile,
  targets: readonly MentionTarget[],
  isFile: IsFile = () => false,
): { readonly mention: Mention; readonly context: Context }[] {
  const found = findOccurrences(file, targets, isFile);
  if (found.length === 0) return [];
  const contextOf = contexts(file);
  return found.map((occurrence) => {
    const context = contextOf(occurrence);
    return { mention: mentionOf(context), context };
  });
}

function mentionOf(context: Context): Mention {
  const { form, verdict } = judge(context);
  const { target, file, span, tail } = context;
  return {
    target: target.key,
    path: file.path,
    line: context.lineNumber + 1,
    column: context.column,
    span,
    text: context.excerpt,
    form,
    tail: form === 'name' ? '' : tail,
    class: CLASS[file.kind],
    effect: verdict.decision === 'leave' ? 'mention' : 'reference',
    confidence: verdict.confidence,
    decision: verdict.decision,
    reason: asRead(context, verdict.reason),
    code: verdict.decision === 'block' ? codeOf(file.kind, form) : null,
  };
}

const UNPARSED = 'The file does not parse; it was read as plain text.';
const COMPONENT = 'Scripts of a component are read as plain text.';

/** A reason, and that a script was read as any text: because it does not parse, or stands in a component among other things. */
export function asRead({ file, script }: Pick<Context, 'file' | 'script'>, reason: string): string {
  const wasParsed = file.kind !== 'script-js' || file.script === undefined || script !== null;
  const said = /\.(?:vue|svelte)$/i.test(file.path) ? COMPONENT : UNPARSED;
  return wasParsed || reason.endsWith(said) ? reason : `${reason} ${said}`;
}

/** A top-level module's dotted name is its bare name: only what certainly loads a module reads it as one. */
function judge(context: Context): { form: Context['form']; verdict: Verdict } {
  if (context.form === 'name' && context.target.dottedNames.includes(context.target.name)) {
    const dotted = { ...context, form: 'dotted' as const };
    const verdict = firstRule(dotted);
    if (verdict.confidence === 'certain') return { form: 'dotted', verdict };
  }
  return { form: context.form, verdict: firstRule(context) };
}

function firstRule(context: Context): Rule {
  const fits = (rule: Rule) =>
    rule.kinds.includes(context.file.kind) && rule.forms.includes(context.form) && (rule.when?.(context) ?? true);
  return RULES.find(fits) as Rule;
}

const CODES: Readonly<Record<MentionClass, MentionCode | null>> = {
  config: 'config-reference',
  build: 'build-reference',
  data: 'data-reference',
  javascript: 'javascript-reference',
  docs: 'string-reference',
  notebook: null,
  string: null,
  comment: null,
};

function codeOf(kind: FileKind, form: Context['form']): MentionCode {
  return CODES[CLASS[kind]] ?? (form === 'path' ? 'path-reference' : 'string-reference');
}
