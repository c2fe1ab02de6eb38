/** The new dotted name of what moved, as a text would write it, and how to tell a dotted name from a file's. */
import { isPackageInit } from '../src/core/paths.js';
import type { RelocationContext } from './mention-model.js';
import { suitedNames } from './module-names.js';

/** The new dotted name: with the first component of the old where there is one such, else the most natural that leads there. */
export function dottedName(context: RelocationContext, importer: string, old: string): string | null {
  const { before, after, newPath, relocation, target } = context;
  const isAliased = before.codebase.layout.isAliased(old);
  const names = after.namesOf(newPath).filter((name) => isAliased || !after.isAliased(name));
  const place = relocation.file(importer);
  const leads = (name: string) => {
    const { found, guessed } = after.resolveAbsolute(name, place);
    return found?.path === newPath && !guessed;
  };
  return suitedNames(names, newPath, { dotted: old, path: target.path }).find(leads) ?? null;
}

/** What the module or package has under a name, as far as that can be told. */
function memberKind({ before, target }: RelocationContext, name: string): 'there' | 'missing' | 'unknown' {
  const { layout } = before.codebase;
  const found = layout.has(target.path)
    ? { kind: isPackageInit(target.path) ? ('package' as const) : ('module' as const), path: target.path }
    : { kind: 'namespace' as const, path: target.path };
  const { kind } = before.member(found, name);
  return kind === 'missing' || kind === 'unknown' ? kind : 'there';
}

/** Whether the target certainly has a member of this name. */
export function hasMember(context: RelocationContext, name: string): boolean {
  return memberKind(context, name) === 'there';
}

const FIRST = /^\.([\p{ID_Start}_]\p{ID_Continue}*)/u;

/** What follows the name is no member of the module: a key, a setting or an event that is only called after it. */
export function isNoMember(context: RelocationContext, tail: string): boolean {
  const next = FIRST.exec(tail)?.[1];
  return next !== undefined && memberKind(context, next) === 'missing';
}

const FILE_ENDING =
  /^\.(html?|md|rst|txt|jsonl?|ya?ml|toml|ini|cfg|log|csv|tsv|xml|sql|js|ts|css|sh|png|svg|pdf|zip|gz|lock|po|db|pyc|so|egg-info|bak|orig|exe)$/i;

/** What looks like an attribute is the ending of a file's name, unless the module has such a member. */
export function isFileName(context: RelocationContext, tail: string): boolean {
  const ending = FILE_ENDING.exec(tail)?.[1];
  return ending !== undefined && !hasMember(context, ending);
}

/** A package, or a namespace package's directory. */
export function isPackage(path: string): boolean {
  return isPackageInit(path) || !/\.pyi?$/.test(path);
}
