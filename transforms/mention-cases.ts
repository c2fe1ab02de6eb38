/** What the rules ask of a mention: what sort of text it stands in, and what may depend on the name as it is. */
import { directoryOf, isInside, isPythonPath, join } from '../src/core/paths.js';
import type { Unknown } from '../src/core/unknowns.js';
import { isAmong, valueFlowOf } from '../src/core/value-flow/index.js';
import { isPackage } from './mention-dotted.js';
import type { Naming, RelocationContext } from './mention-model.js';
import { unitPath } from './mention-paths.js';
import type { Surrounding } from './mention-surroundings.js';

/** A mention, how it is written, and what moves. */
export interface MentionCase {
  readonly around: Surrounding;
  readonly naming: Naming;
  readonly context: RelocationContext;
}

const PAST_NAME =
  /^(?:change(?:s|log)|history|news|releases?|release[-_ ]?notes?|whats[-_]?new|announcements?|postmortem|retrospective)\b/i;
const PAST_FOLDER =
  /(?:^|\/)(?:adrs?|decisions|changelogs?|changelog\.d|changes|news|newsfragments|releases?|release[-_]notes|whatsnew|archives?|archived|reports?|logs?|postmortems?|minutes|_posts)\//i;
const DATED = /(?:^|\D)(?:19|20)\d{2}[-_.]?(?:0[1-9]|1[0-2])[-_.]?(?:0[1-9]|[12]\d|3[01])(?:\D|$)/;
const REPORT =
  /report|result|summary|audit|analysis|snapshot|baseline|histor|output|metrics|findings|status|progress|inventory|backup/i;
const DATE_SAID = /\b(?:date|generated|created|completed|updated)\b[^\n]{0,30}\b(?:19|20)\d{2}-\d{2}-\d{2}/i;
const TIME_KEY = /"(?:timestamp|generated(?:_?at|_?on)?|created_?at|run_?id|scan_?date|elapsed|duration\w*)"\s*:/i;

/** Changelogs, decision records, dated reports, logs: they say how things were. */
export function isPast({ around: { source } }: MentionCase): boolean {
  const { path, kind, text } = source;
  if (kind !== 'docs' && kind !== 'data') return false;
  const base = path.slice(path.lastIndexOf('/') + 1);
  if (
    PAST_NAME.test(base) ||
    PAST_FOLDER.test(path) ||
    DATED.test(base) ||
    /\.(?:log|jsonl|ndjson|csv|tsv)$/i.test(base)
  )
    return true;
  const head = text.slice(0, 2000);
  if (kind === 'docs') return REPORT.test(base) && DATE_SAID.test(head);
  return REPORT.test(base) || TIME_KEY.test(head);
}

const OPERATION = /^\s+(?:-\s+)?(?:dedupe|move|merge):/m;

/** A recipe of this tool: a phase that was carried out is known by the names that it was written with. */
export function isRecipe({ around: { source } }: MentionCase): boolean {
  return /\.ya?ml$/.test(source.path) && /^phases:/m.test(source.text) && OPERATION.test(source.text);
}

/** In the output of a notebook's cell. */
export function isNotebookOutput({ around: { source, span } }: MentionCase): boolean {
  if (source.kind !== 'notebook') return false;
  const before = source.text.slice(0, span.start);
  return before.lastIndexOf('"outputs"') > before.lastIndexOf('"source"');
}

const WORD_BEFORE = /(?:(?:^|\s)@|^|[\s"'`=([{,:|;!<>&*~^])$/;
const WORD_AFTER = /^(?:$|[\s"'`)\]},;:|<>&*!?[(=$]|\.(?:[\s"'`)\]}*{%]|$)|\\[nrt"'`.b])/;

/** What names the module, with its tail, is a word of its own. */
export function isWord({ around, naming }: MentionCase): boolean {
  const { text } = around.source;
  const after = text.slice(naming.span.end + naming.tail.length, naming.span.end + naming.tail.length + 3);
  const before = text.slice(Math.max(0, naming.span.start - 2), naming.span.start);
  return (WORD_BEFORE.test(before) || /\\[bAn]$/.test(before)) && WORD_AFTER.test(after);
}

/** A replacement field or a format sign stands directly beside the name and may complete it. */
export function isContinued({ around, naming }: MentionCase): boolean {
  const { text, kind } = around.source;
  const isTemplate = around.literal?.interpolated || kind === 'build' || kind === 'config';
  const end = naming.span.end + naming.tail.length;
  return (
    /^(?:%[sd]|\{\}|\$\{?\w)/.test(text.slice(end, end + 3)) ||
    (isTemplate === true && /^\{/.test(text.slice(end, end + 1)))
  );
}

/** Documentation, comments, docstrings: read by people, and by what renders them. */
export function isRead({ around: { site, source, script } }: MentionCase): boolean {
  if (site === 'comment' || site === 'docstring' || script?.text?.kind === 'markup') return true;
  return source.kind === 'docs' || source.kind === 'notebook';
}

/** A string that people read: the mention stands among words. */
export function isProse({ around }: MentionCase): boolean {
  if (around.site !== 'string' || around.whole) return false;
  return /\p{L}{2,}\s+(?:\p{L}+\s+)*[("'`]?\S*$/u.test(around.before) && /\s\p{L}{2,}/u.test(around.after);
}

/** The first component is a variable where the text stands: `client.api` of some object. */
export function isOfVariable({ around, naming }: MentionCase): boolean {
  const { source, site, span } = around;
  const written = source.text.slice(naming.span.start, span.end);
  const first = written.split('.')[0] as string;
  if (source.unit && site !== 'string') return isBoundOtherwise(source.unit.facts.scopes, first);
  if (source.kind !== 'docs') return false;
  return new RegExp(`(?:^|[\\s(,;])${first}\\s*=[^=]|\\bas ${first}\\b|\\bfor ${first} in\\b`, 'm').test(source.text);
}

function isBoundOtherwise(
  scopes: readonly { readonly bindings: readonly { readonly name: string; readonly kind: string }[] }[],
  name: string,
): boolean {
  return scopes.some(({ bindings }) => bindings.some((binding) => binding.name === name && binding.kind !== 'import'));
}

const LOGGER_CALL = /(?:^|\.)(?:getLogger|get_logger|getChild|assertLogs|assertNoLogs|at_level|set_level)$/;
const LOGGER_HEADING = /(?:^|\.)(?:loggers?(?:[._]|$)|.*qualname$)/;

/** A name of a logger: in a call that takes one, or in logging settings. */
export function isLoggerName({ around }: Pick<MentionCase, 'around'>): boolean {
  return LOGGER_CALL.test(around.literal?.callee ?? '') || LOGGER_HEADING.test(around.heading);
}

const OWN_LOGGER = /\bget_?[lL]ogger\(\s*__name__\s*\)/;

/** The module, or one in the package, names its logger after itself: then the logger's name moves with it. */
export function namesOwnLogger({ context: { before, target } }: MentionCase): boolean {
  const { codebase } = before;
  const home = isPackage(target.path) ? unitPath(target.path) : null;
  const paths =
    home === null ? [target.path] : codebase.pythonFiles().flatMap(({ path }) => (isInside(path, home) ? [path] : []));
  return paths.some((path) => OWN_LOGGER.test(codebase.unitOrNone(path)?.text ?? ''));
}

/** The explicit name of a task is what queues and schedules know it by. */
export function isTaskName({ around: { literal } }: MentionCase): boolean {
  return literal?.argument === 'name' && /(?:^|[._])task$/.test(literal.callee ?? '');
}

/** A sentence that a test compares with: whether it follows the move depends on where the other side comes from. */
export function isExpectedProse({ around }: MentionCase): boolean {
  if (around.site !== 'string' || around.whole) return false;
  const isTest = /(?:^|\/)(?:tests?\/|test_[^/]*\.py$|[^/]*_test\.py$|conftest\.py$)/.test(around.source.path);
  const { start } = around.literal?.span ?? around.span;
  const line = around.source.text.slice(around.source.text.lastIndexOf('\n', start) + 1, start);
  return (
    isTest && (/\bassert/i.test(line) || /(?:^|\.)(?:assert\w+|raises|warns|match)$/.test(around.literal?.callee ?? ''))
  );
}

const MODULE_LIST =
  /(?:^|[.\-_])(?:packages|py[-_]modules|known[-_](?:first[-_]party|local[-_]folder)|source|source[-_]pkgs|root[-_]packages?|source[-_]modules|forbidden[-_]modules|modules|layers|containers|module)$/;

/** A top-level name in a setting that lists modules or packages. */
export function isInModuleList({ around, context: { target } }: MentionCase): boolean {
  if (!around.whole || !target.dottedNames.includes(target.name)) return false;
  if (/(?:^|\.)setup$/.test(around.literal?.callee ?? '')) return true;
  return MODULE_LIST.test(around.heading);
}

/** Something in the same file puts names after the target's directory or package: `integration/$name.py`. */
export function isCompletedNearby({ around, context: { target } }: MentionCase): boolean {
  const home = directoryOf(unitPath(target.path));
  const { text } = around.source;
  if (home === '') return /-m\s+["']?\$|(?:\$\{?\w+\}?|\{\w*\}|%s)\.py\b/.test(text);
  const directories = home.split('/').map((part) => part.replace(/[^\w]/g, '\\$&'));
  const place = `${directories.join('[./\\\\]+')}[./\\\\]+`;
  return new RegExp(`(?<!\\w)${place}(?:["']?\\s*)(?:\\$|\\{|%[s(])|["'](?:[\\w.]*[./])?${place}["']\\s*[+,]`).test(
    text,
  );
}

/** Another entry of the same list, on this line or within a few, names a module beside the target. */
export function isAmongModules({ around, context: { before, target } }: MentionCase): boolean {
  const { text } = around.source;
  const home = directoryOf(unitPath(target.path));
  const isModule = (word: string) =>
    word !== target.name && before.codebase.layout.tree.step(home, word)?.kind === 'module';
  const isInBrackets = /[[,]\s*["']?$/.test(around.before);
  const entries = isInBrackets
    ? /(?<=[[,]\s*["']?)\w+(?=["']?\s*[\],])/g
    : /(?<=^\s*-\s+["']?)\w+(?=["']?\s*(?:#|$))/gm;
  const start = isInBrackets ? around.span.start - around.before.length : Math.max(0, around.span.start - NEAR);
  const end = isInBrackets ? around.span.end + around.after.length : around.span.end + NEAR;
  return [...text.slice(start, end).matchAll(entries)].some(([word]) => isModule(word));
}

const NEAR = 200;

/** The repository's own packaging gives the module this very name: tools that ask for it find the module by that. */
export function isEntryPoint({ context: { before, target } }: MentionCase): boolean {
  const written = target.dottedNames.map((name) => name.replace(/\./g, '\\.')).join('|');
  const line = new RegExp(`^\\s*["']?${target.name}["']?\\s*=\\s*["']?(?:${written})["']?\\s*(?::|$)`, 'm');
  return before.codebase.snapshot.files.some(({ path }) => {
    if (!/(?:^|\/)(?:pyproject\.toml|setup\.cfg)$/.test(path)) return false;
    const source = before.codebase.text(path);
    return !('undecodable' in source) && line.test(source.text);
  });
}

/**
 * `app.pkg.util` where the module `app` binds the package: the name changes with that import. A module that binds the
 * target itself keeps its local name where a string takes it from there.
 */
export function isHandedOn({ around, context: { before, target } }: MentionCase): boolean {
  const { literal, source, span } = around;
  if (!literal || around.site !== 'string') return false;
  const written = source.text.slice(literal.span.start, span.end);
  const parts = /^[\p{ID_Continue}.]+$/u.test(written) ? written.split('.') : [];
  for (let length = parts.length - 2; length > 0; length--) {
    const { found } = before.module(source.path, 0, parts.slice(0, length).join('.'));
    if (!found) continue;
    const { value } = before.follow({ kind: 'module', found }, parts.slice(length));
    return value.kind === 'module' && value.found.path === target.path;
  }
  return false;
}

/** A whole string in JSON. */
export function isJsonValue({ around: { source, before, after, tail } }: MentionCase): boolean {
  return /\.json\w*$/i.test(source.path) && before.endsWith('"') && after[tail.length] === '"';
}

/** What packaging tools write themselves. */
export function isGenerated({ around: { source } }: MentionCase): boolean {
  return /(?:^|\/)(?:[^/]+\.(?:egg|dist)-info\/|PKG-INFO$)/.test(source.path);
}

/** A document that is called like the module, in a table of contents or a link: `docs/api/pkg.util.rst`. */
export function isDocument({ around, context: { before } }: MentionCase): boolean {
  const { source, span, tail } = around;
  if (source.kind !== 'docs' || !/(?:^\s+|:doc:`(?:[^`<]*<)?)$/.test(around.before)) return false;
  const name = source.text.slice(span.start, span.end) + tail;
  const beside = join(directoryOf(source.path), name);
  return ['.rst', '.md', '.txt'].some((ending) => before.codebase.snapshot.entry(beside + ending) !== undefined);
}

/**
 * A computed import whose beginning or choices are known may take this name: a setting's, or a string's in the file of
 * the import or beside names of other modules. An import of anything is asked about at its own place.
 */
export function mayBeTaken(each: MentionCase): boolean {
  const { around, context } = each;
  const bounded = context.unknowns.filter((unknown) => isBounded(context, unknown));
  if (bounded.length === 0) return false;
  if (around.site !== 'string' || around.source.unit === null) return true;
  return bounded.some(({ path }) => path === around.source.path) || isAmongModules(each);
}

function isBounded({ before }: RelocationContext, { code, path, line }: Unknown): boolean {
  if (code !== 'dynamic-import') return false;
  const dynamics = before.codebase.unitOrNone(path)?.facts.dynamics ?? [];
  return dynamics.some((dynamic) => dynamic.line === line && /^(?:partial|choices)$/.test(dynamic.name.kind));
}

/** A loop of a shell, or a whole string or setting: what a computed name could be made of. */
export function couldFeed({ around }: MentionCase): boolean {
  if (around.tail !== '') return false;
  return around.whole || (around.source.kind === 'build' && /\bfor\s+\w+\s+in\b[^;]*$/.test(around.before));
}

const READS_DATA =
  /^(?:get_data|resource_\w+|read_text|read_binary|open_text|open_binary|files|joinpath|PackageLoader|join|open)$/;

/** The target is a package with files that are no code, and the file opens what this string may be part of. */
export function mayLeadToData({ around: { source, mention }, context: { before, target } }: MentionCase): boolean {
  if (!isPackage(target.path)) return false;
  const opened = valueFlowOf(before).givenTo(source.path, READS_DATA);
  // What is not known is feared of a directory that a path may end in; a package at the top is named by its name.
  const isTop = target.dottedNames.some((name) => !name.includes('.'));
  if (opened === null ? isTop : !isAmong(before.codebase, opened, mention)) return false;
  const directory = unitPath(target.path);
  const isData = (path: string) => isInside(path, directory) && !isPythonPath(path) && !/\.typed$/.test(path);
  return before.codebase.snapshot.files.some(({ path }) => isData(path));
}
