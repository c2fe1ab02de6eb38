/** Which way a mention is written, and how the same would be written of the new place. */
import { dottedName, isPackage } from './mention-dotted.js';
import { imported } from './mention-imports.js';
import { listedName } from './mention-lists.js';
import type { Naming, RelocationContext } from './mention-model.js';
import { joinedLiterals, namedPath, unitPath } from './mention-paths.js';
import { scriptPath } from './mention-script.js';
import type { Surrounding } from './mention-surroundings.js';
import { isTopLevelChain } from './mention-top-level.js';

const NO_PATH = { basis: 'unknown', isFile: false, answers: null } as const;

export function namingOf(context: RelocationContext, around: Surrounding): Naming {
  const pattern = patterned(context, around);
  if (pattern) return pattern;
  if (around.form === 'path') return scriptPath(context, around) ?? namedPath(context, around);
  if (around.form === 'dotted' || isTopLevelChain(context, around)) return dotted(context, around);
  const special = imported(context, around) ?? listedName(context, around);
  if (special) return special;
  const path = joinedLiterals(context, around) ?? listedDirectory(context, around);
  return path ?? bare(context, around);
}

function dotted(context: RelocationContext, around: Surrounding): Naming {
  const { span, source, tail } = around;
  const old = source.text.slice(span.start, span.end);
  // In a directory that is on the path only for its scripts the name alone is no name for others.
  if (!old.includes('.') && !leadsBefore(context, source.path, old)) return bare(context, around);
  const replacement = dottedName(context, source.path, old);
  return { ...NO_PATH, form: 'dotted', span, replacement, tail };
}

function leadsBefore({ before, target }: RelocationContext, importer: string, dotted: string): boolean {
  const { found, guessed } = before.codebase.layout.resolveAbsolute(dotted, importer);
  return found?.path === target.path && !guessed;
}

/**
 * The bare name of a top-level module is also its dotted name; of others it is what completes the name of their package,
 * as long as they stay below it.
 */
function bare(context: RelocationContext, around: Surrounding): Naming {
  const { span, source, tail } = around;
  const { target } = context;
  const old = target.dottedNames.find((name) => name === target.name) ?? target.dottedNames[0] ?? target.name;
  const parent = old.slice(0, old.length - target.name.length);
  const now = dottedName(context, source.path, old);
  const replacement = now?.startsWith(parent) ? now.slice(parent.length) : null;
  return { ...NO_PATH, form: 'name', span, replacement, tail };
}

/** `pkg\.mod` in a regular expression; of a top-level package `pkg\.`. */
function patterned(context: RelocationContext, { source, span, tail }: Surrounding): Naming | null {
  const after = source.text.slice(span.end, span.end + 4);
  for (const name of context.target.dottedNames) {
    for (const dot of ['\\.', '\\\\.']) {
      const escaped = name.replaceAll('.', dot);
      const start = span.end - escaped.length;
      if (escaped === name && !(after.startsWith(dot) && /^\\+\.[\w(*+]/.test(after))) continue;
      if (source.text.slice(Math.max(0, start), span.end) !== escaped || isContinuing(source.text, start)) continue;
      const replacement = dottedName(context, source.path, name)?.replaceAll('.', dot) ?? null;
      if (after.startsWith('\\.py')) continue;
      return {
        ...NO_PATH,
        form: 'dotted',
        span: { start, end: span.end },
        replacement,
        tail: tail.startsWith('.') ? tail : '',
      };
    }
  }
  return null;
}

/** A word or a path goes on before it; `\b` and `\A` do not count. */
function isContinuing(text: string, start: number): boolean {
  return /[\w./\\]$/.test(text.slice(Math.max(0, start - 1), start)) && !/\\[bA]$/.test(text.slice(0, start));
}

const FILE_LISTS = /(?:^|\/)(?:CODEOWNERS|MANIFEST\.in|\.gitattributes|\.\w*ignore)$/i;
/** What takes a directory as its next word. */
const TAKES_DIRECTORY =
  /(?:\b(?:cd|pushd|mypy|black|flake8|pylint|isort|pyright|bandit|pytest|ruff(?:\s+(?:check|format))?)(?:\s+-[^\s]+)*\s+|^\s*(?:COPY|ADD)\s+|working-directory:\s*|--cov[= ])(?:\.\/)?["']?$/;

/** A top-level package's directory, in a list of files or after a command that takes one. */
function listedDirectory({ target, newPath }: RelocationContext, around: Surrounding): Naming | null {
  if (around.comment || !isPackage(target.path) || unitPath(target.path) !== target.name) return null;
  const { source, before, after } = around;
  const isListed = FILE_LISTS.test(source.path) && /(?:^|\s|!)\/?$/.test(before);
  const isTaken = source.kind === 'build' && TAKES_DIRECTORY.test(before);
  if ((!isListed && !isTaken) || !/^(?:[\s/;&|"']|$)/.test(after)) return null;
  const replacement = unitPath(newPath);
  return { ...NO_PATH, form: 'path', span: around.span, replacement, tail: '', basis: 'repository' };
}
