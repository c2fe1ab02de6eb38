/** Which way a mention is written, and how the same would be written of the new place. */
import { binds, dottedName, isFileName, isPackage } from './mention-dotted.js';
import { listedName } from './mention-lists.js';
import type { Naming, RelocationContext } from './mention-model.js';
import { joinedLiterals, namedPath, unitPath } from './mention-paths.js';
import type { Surrounding } from './mention-surroundings.js';

const NOT_A_PATH = { basis: 'unknown', isFile: false, answers: null } as const;

export function namingOf(context: RelocationContext, around: Surrounding): Naming {
  if (around.form === 'path') return namedPath(context, around);
  if (around.form === 'dotted' || isTopLevelChain(context, around)) return dotted(context, around);
  const special = imported(context, around) ?? patterned(context, around) ?? listedName(context, around);
  if (special) return special;
  const path = joinedLiterals(context, around) ?? listedDirectory(context, around);
  return path ?? { ...NOT_A_PATH, form: 'name', span: around.span, replacement: null, tail: around.tail };
}

function dotted(context: RelocationContext, around: Surrounding): Naming {
  const { span, source, tail } = around;
  const replacement = dottedName(context, source.path, source.text.slice(span.start, span.end));
  return { ...NOT_A_PATH, form: 'dotted', span, replacement, tail };
}

/** `pkg.util.f` for a top-level package `pkg`: what follows the bare name is known to be in it. */
function isTopLevelChain(context: RelocationContext, around: Surrounding): boolean {
  const { target, before } = context;
  const next = /^\.(\w+)/.exec(around.tail)?.[1];
  if (around.elsewhere || next === undefined || !target.dottedNames.includes(target.name)) return false;
  if (around.site === 'code' || isFileName(context, around.tail)) return false;
  const member = before.codebase.layout.resolveAbsolute(`${target.name}.${next}`, target.path).found;
  return member !== null || binds(context, next);
}

const FROM = /\bfrom\s+([\p{ID_Continue}.]+)\s+import\s+$/u;
const ONLY_NAME = /^(?:\s+as\s+\w+)?\s*(?:[;#"'`\\)]|$)/;

/** `from PACKAGE import NAME` in documentation, doctests and code inside strings. */
function imported(context: RelocationContext, around: Surrounding): Naming | null {
  const { target } = context;
  const statement = FROM.exec(around.before);
  const parent = statement?.[1] ?? '';
  if (!statement || !target.dottedNames.includes(`${parent}.${target.name}`)) return listedImport(context, around);
  const start = around.span.start - (around.before.length - statement.index - 'from'.length);
  const name = dottedName(context, around.source.path, `${parent}.${target.name}`);
  const isAlone = ONLY_NAME.test(around.after);
  const isAliased = /^\s+as\s/.test(around.after);
  const span = { start: start + leadingBlanks(around.source.text, start), end: around.span.end };
  const replacement = name && isAlone ? importOf(name, target.name, isAliased) : null;
  return { ...NOT_A_PATH, form: 'import', span, replacement, tail: '' };
}

function importOf(name: string, old: string, isAliased: boolean): string | null {
  const cut = name.lastIndexOf('.');
  if (cut === -1) return null;
  const last = name.slice(cut + 1);
  return `${name.slice(0, cut)} import ${last}${last === old || isAliased ? '' : ` as ${old}`}`;
}

function leadingBlanks(text: string, from: number): number {
  return /^\s*/.exec(text.slice(from, from + 100))?.[0].length ?? 0;
}

const FROM_LIST = /\bfrom\s+([\p{ID_Continue}.]+)\s+import\s+\(?[\w\s,]*,\s*$/u;

/** One name of several: the statement would have to be split. */
function listedImport({ target }: RelocationContext, around: Surrounding): Naming | null {
  const parent = FROM_LIST.exec(around.before)?.[1];
  if (parent === undefined || !target.dottedNames.includes(`${parent}.${target.name}`)) return null;
  return { ...NOT_A_PATH, form: 'import', span: around.span, replacement: null, tail: '' };
}

/** `pkg\.mod` in a regular expression. */
function patterned(context: RelocationContext, around: Surrounding): Naming | null {
  const { source, span, target } = { ...around, target: context.target };
  for (const name of target.dottedNames) {
    for (const dot of ['\\.', '\\\\.']) {
      const escaped = name.replaceAll('.', dot);
      const start = span.end - escaped.length;
      if (escaped === name || start < 0 || source.text.slice(start, span.end) !== escaped) continue;
      if (/[\w.]/.test(source.text[start - 1] ?? ' ') && !/\\[bA]$/.test(source.text.slice(0, start))) continue;
      const replacement = dottedName(context, source.path, name)?.replaceAll('.', dot) ?? null;
      return { ...NOT_A_PATH, form: 'dotted', span: { start, end: span.end }, replacement, tail: around.tail };
    }
  }
  return null;
}

const FILE_LISTS = /(?:^|\/)(?:CODEOWNERS|MANIFEST\.in|\.gitattributes|\.\w*ignore)$/i;

/** A top-level package's directory, or a path without extension, in a list of files. */
function listedDirectory(context: RelocationContext, around: Surrounding): Naming | null {
  const { target, newPath } = context;
  if (!FILE_LISTS.test(around.source.path) || around.comment || !isPackage(target.path)) return null;
  if (unitPath(target.path) !== target.name || !/(?:^|\s|!)\/?$/.test(around.before)) return null;
  if (!/^(?:[\s/]|$)/.test(around.after)) return null;
  return {
    form: 'path',
    span: around.span,
    replacement: unitPath(newPath),
    tail: '',
    basis: 'repository',
    isFile: false,
    answers: null,
  };
}
