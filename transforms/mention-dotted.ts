/** The new dotted name of what moved, as a text would write it, and how to tell a dotted name from a file's. */
import { isPackageInit, moduleBase } from '../src/core/paths.js';
import type { RelocationContext } from './mention-model.js';

/** The new dotted name: with the first component of the old where there is one such, else the most natural that leads there. */
export function dottedName(context: RelocationContext, importer: string, old: string): string | null {
  const { after, newPath, relocation } = context;
  const names = after.namesOf(newPath);
  const first = old.split('.')[0] as string;
  const alike = names.filter((name) => name === first || name.startsWith(`${first}.`));
  const place = relocation.file(importer);
  const leads = (name: string) => {
    const { found, guessed } = after.resolveAbsolute(name, place);
    return found?.path === newPath && !guessed;
  };
  return [...alike, ...names].find(leads) ?? null;
}

/** Whether a module (before) binds a name at its top level. */
export function binds({ before, target }: RelocationContext, name: string): boolean {
  if (!before.codebase.layout.has(target.path)) return false;
  const scope = before.codebase.unitOrNone(target.path)?.facts.scopes[0];
  return scope?.bindings.some((binding) => binding.name === name) ?? false;
}

const FILE_ENDING =
  /^\.(html?|md|rst|txt|jsonl?|ya?ml|toml|ini|cfg|log|csv|tsv|xml|sql|js|ts|css|sh|png|svg|pdf|zip|gz|lock|po|db|pyc|so|egg-info|bak|orig|exe)\b/i;

/** What looks like an attribute is the ending of a file's name, unless the module binds such a name. */
export function isFileName(context: RelocationContext, tail: string): boolean {
  const ending = FILE_ENDING.exec(tail)?.[1];
  return ending !== undefined && !binds(context, ending);
}

/** A package, or a namespace package's directory. */
export function isPackage(path: string): boolean {
  return isPackageInit(path) || !/\.pyi?$/.test(path);
}

/** Whether the last component stays. */
export function keepsBase({ target, newPath }: RelocationContext): boolean {
  return target.name === moduleBase(newPath);
}
