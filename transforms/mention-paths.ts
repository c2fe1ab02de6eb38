/**
 * A path that names a moved file, read and written anew: separators, prefix and extension stay as they were, and it goes
 * on being meant from where it was meant.
 */
import { directoryOf, isPackageInit, join } from '../src/core/paths.js';
import { isPackage } from './mention-dotted.js';
import type { Basis, Naming, RelocationContext } from './mention-model.js';
import type { Surrounding } from './mention-surroundings.js';

/** A path as it stands in a text. */
interface WrittenPath {
  readonly start: number;
  readonly end: number;
  /** What stands before the part that names the target, up to a blank or a quote. */
  readonly prefix: string;
  readonly separator: string;
  readonly parts: readonly string[];
  /** `.py`, `\.py` in a pattern, `/__init__.py`, or nothing. */
  readonly extension: string;
}

const PREFIX = /[^\s"'`,;()<>|=[\]]*$/;
const SEPARATOR = /[\w.}-](\\\\|\\|\/)(?=[\w{$])/;
/** Stays whatever moves: the root of a file system, a drive, a home, a variable, a pattern, or what a bracket closes. */
const ANCHORED = /^(?:[/\\]|[A-Za-z]:[/\\]|~|\$|%|\{|<|\*|file:)/;

/** The naming of a mention of form `path`. */
export function namedPath(context: RelocationContext, around: Surrounding): Naming {
  const joined = joinedLiterals(context, around);
  if (joined) return joined;
  const written = readPath(around);
  const basis = basisOf(context, around, written);
  const { tail } = around;
  const { start, end } = written;
  const isFile = written.extension !== '' || /\.\w+$/.test(tail);
  const naming = { form: 'path', tail, basis, isFile, answers: null } as const;
  if (basis === 'file') {
    const target = relativePath(context.relocation.file(around.source.path), unitPath(context.newPath));
    const dot = /^\.[/\\]/.test(written.prefix) && !target.startsWith('.') ? './' : '';
    return {
      ...naming,
      span: { start: start - written.prefix.length, end },
      replacement: writtenAs(written, dot + target),
    };
  }
  return { ...naming, span: { start, end }, replacement: elsewhereWritten(context, written, basis) };
}

function readPath({ source, span, tail }: Surrounding): WrittenPath {
  const { start, end } = span;
  const written = source.text.slice(start, end);
  const isSeparated = /[/\\]$/.test(source.text.slice(start - 1, start));
  const prefix = isSeparated ? (PREFIX.exec(source.text.slice(Math.max(0, start - 120), start))?.[0] ?? '') : '';
  const separator = SEPARATOR.exec(prefix + written + tail)?.[1] ?? '/';
  const extension = /(?:(?:\/|\\{1,2})__init__)?\\?\.pyi?$/.exec(written)?.[0] ?? '';
  const stem = written.slice(0, written.length - extension.length);
  return { start, end, prefix, separator, parts: stem.split(/[/\\]+/), extension };
}

function writtenAs({ separator, extension }: WrittenPath, path: string): string {
  return path.replaceAll('/', separator) + extension;
}

/** A file without its extension, a package's directory. */
export function unitPath(path: string): string {
  return isPackageInit(path) ? directoryOf(path) : path.replace(/\.pyi?$/, '');
}

function basisOf(context: RelocationContext, around: Surrounding, written: WrittenPath): Basis {
  const unit = unitPath(context.target.path);
  const stem = written.parts.join('/');
  const isComplete = stem === unit;
  if (isComplete && /^(?:\.[/\\])?$/.test(written.prefix))
    return isUnclear(context, around, unit) || isBeside(context, around, unit) ? 'unknown' : 'repository';
  if (isComplete && ANCHORED.test(written.prefix)) return 'prefix';
  if (stem.endsWith(`/${unit}`)) return 'prefix';
  if (fromFile(around.source.path, written) === unit && !isOpened(around)) return 'file';
  const isBare = written.prefix === '' || written.prefix === './';
  return isBare && rootOf(context, stem) !== null ? 'root' : 'unknown';
}

/** A file at the top is named by its base name, which says little where others have it too, or a script goes elsewhere. */
function isUnclear(context: RelocationContext, around: Surrounding, unit: string): boolean {
  if (unit.includes('/') || (around.tail !== '' && isThere(context, unit + insidePath(around.tail)))) return false;
  if (/__init__\.pyi?$/.test(around.source.text.slice(around.span.start, around.span.end))) return false;
  const { tree } = context.before.codebase.layout;
  return around.wanders || isPathPart(around) || (around.tail === '' && tree.endingIn([unit]).length > 1);
}

/** A path through a top-level package's name that leads to nothing in it: another directory of that name. */
export function leadsNowhere({ before, target }: RelocationContext, { tail, basis, isFile }: Naming): boolean {
  const unit = unitPath(target.path);
  if (unit.includes('/') || !isPackage(target.path)) return false;
  const inside = insidePath(tail);
  if (inside === '') return basis === 'prefix' && !isFile;
  const path = unit + inside;
  if (before.codebase.snapshot.files.some((file) => file.path === path || file.path.startsWith(`${path}/`)))
    return false;
  return basis === 'prefix' || !isFile;
}

/** The file that mentions the path has one of the same beside itself. */
function isBeside(context: RelocationContext, around: Surrounding, unit: string): boolean {
  const directory = directoryOf(around.source.path);
  const inside = unit + insidePath(around.tail);
  const { target } = context;
  return (
    directory !== '' && (isThere(context, join(directory, inside)) || isThere(context, join(directory, target.path)))
  );
}

/** What follows a package's directory, up to a file. */
function insidePath(tail: string): string {
  return tail.replaceAll(/[/\\]+/g, '/').replace(/[/.]+$/, '');
}

/** Python opens paths from the working directory, not from the file's own. */
function isOpened({ site, source }: Surrounding): boolean {
  return (site === 'string' && source.unit !== null) || source.kind === 'script-js';
}

function fromFile(path: string, { prefix, parts }: WrittenPath): string | null {
  const steps = [...directoryOf(path).split('/'), ...prefix.split(/[/\\]+/), ...parts].filter(
    (step) => step !== '' && step !== '.',
  );
  const reached: string[] = [];
  if (ANCHORED.test(prefix)) return null;
  for (const step of steps) {
    if (step !== '..') reached.push(step);
    else if (reached.pop() === undefined) return null;
  }
  return reached.join('/');
}

/** The root of modules below which the path lies. */
function rootOf({ before, target }: RelocationContext, stem: string): string | null {
  const unit = unitPath(target.path);
  return before.codebase.layout.roots.find((root) => root !== '' && join(root, stem) === unit) ?? null;
}

function elsewhereWritten(context: RelocationContext, written: WrittenPath, basis: Basis): string | null {
  const [old, now] = [unitPath(context.target.path).split('/'), unitPath(context.newPath)];
  const above = old.slice(0, Math.max(0, old.length - written.parts.length));
  if (basis === 'repository') return writtenAs(written, now);
  if (basis === 'prefix') {
    const alias = written.parts.slice(0, written.parts.length - old.length);
    return writtenAs(written, [...alias, now].join('/'));
  }
  const below = above.length === 0 ? now : relativePath(join(above.join('/'), 'x'), now);
  if (basis === 'unknown') return writtenAs(written, below);
  return below.startsWith('..') ? null : writtenAs(written, below);
}

/** The way from a file to a path. */
function relativePath(from: string, to: string): string {
  const [here, there] = [directoryOf(from).split('/').filter(Boolean), to.split('/')];
  let shared = 0;
  while (shared < here.length && shared < there.length - 1 && here[shared] === there[shared]) shared++;
  return [...here.slice(shared).map(() => '..'), ...there.slice(shared)].join('/');
}

/** `join("integration", "x.py")` and `"integration" / "x.py"`: the directories stand in literals of their own before it. */
export function joinedLiterals(context: RelocationContext, around: Surrounding): Naming | null {
  const { source, span, tail } = around;
  // `dir / 'pkg.sty'` is a file that is called after the package.
  if (
    !around.whole ||
    tail.startsWith('.') ||
    !isPathPart(around) ||
    (around.form === 'name' && !isPackage(context.target.path))
  )
    return null;
  const written = readPath(around);
  if (written.parts.length !== 1) return null;
  const directories = unitPath(context.target.path).split('/').slice(0, -1);
  if (directories.length === 0 && around.form === 'path') return null;
  const walked = directoriesBefore(source.text, span.start, directories);
  if (!walked) return null;
  const next = /^(["']\s*[,/]\s*["'])([\w.-]+)["']/.exec(source.text.slice(span.end, span.end + 120));
  const between = walked.between || next?.[1] || '/';
  const isFirst = !/["']\s*[,/]\s*["']$/.test(source.text.slice(Math.max(0, walked.start - 100), walked.start));
  const member = next ? `${unitPath(context.target.path)}/${next[2]}` : null;
  const isKnown = directories.length > 0 || around.literal?.argument === 0 || isThere(context, member);
  return {
    form: 'path',
    span: { start: walked.start, end: span.end },
    replacement: unitPath(context.newPath).split('/').join(between) + written.extension,
    tail,
    basis: isFirst && isKnown ? 'repository' : 'unknown',
    isFile: true,
    answers: null,
  };
}

/** Whether a file or a directory of modules stands there. */
function isThere({ before }: RelocationContext, path: string | null): boolean {
  const { snapshot, layout } = before.codebase;
  return path !== null && (snapshot.entry(path) !== undefined || layout.tree.hasDirectory(path));
}

/** Where the literals of the directories begin, and what stands between two of them. */
function directoriesBefore(text: string, end: number, directories: readonly string[]) {
  let start = end;
  let between = '';
  for (const directory of directories.toReversed()) {
    const step = new RegExp(`["'/]${escaped(directory)}((["'])\\s*[,/]\\s*\\2)$`).exec(
      text.slice(Math.max(0, start - 200), start),
    );
    if (!step || (between !== '' && step[1] !== between)) return null;
    between = step[1] as string;
    start -= step[0].length - 1;
  }
  return { start, between };
}

const JOINS = /(?:^|\.)(?:join|joinpath|Path|PurePath|PosixPath|files)$/;

/** The literal is joined to others by a call or by `/`. */
export function isPathPart({ literal, source }: Surrounding): boolean {
  if (!literal) return false;
  const before = source.text.slice(Math.max(0, literal.span.start - 40), literal.span.start);
  return JOINS.test(literal.callee ?? '') || /\/\s*[rRbBfFuU]*["']{1,3}$/.test(before);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
