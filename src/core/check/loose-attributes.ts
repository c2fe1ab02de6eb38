/** `module.name` in a transformed file, where the module is one of the repository and has no such name. */
import type { Codebase, PythonUnit } from '../codebase.js';
import type { Linker } from '../linker.js';
import type { Problem } from '../model.js';
import { problem } from '../problems.js';
import { chain, meaning, type Use } from './lost-names.js';

export function looseAttributes(before: Linker, after: Linker, rewritten: readonly string[]): Problem[] {
  return rewritten.flatMap((path) => {
    const [old, now] = [before.codebase.unitOrNone(path), after.codebase.unitOrNone(path)];
    return now ? inFile(before, after, old, now) : [];
  });
}

function inFile(before: Linker, after: Linker, old: PythonUnit | undefined, now: PythonUnit): Problem[] {
  const was = new Set(old ? missing(before, old).map(({ use }) => chain(use)) : []);
  const found = new Map<string, Problem>();
  for (const { use, name } of missing(after, now)) {
    const whole = chain(use);
    if (was.has(whole) || found.has(whole) || isPutThere(after.codebase, name)) continue;
    const place = { path: now.path, ...after.codebase.place(now.path, now.toFile(use.span.start)) };
    found.set(
      whole,
      problem('check-binding', `'${whole}' would mean nothing here: the module has no '${name}'`, { place }),
    );
  }
  return [...found.values()];
}

/** Chains that end at nothing, with the name that is not there. */
function missing(linker: Linker, unit: PythonUnit): { use: Use; name: string }[] {
  return unit.facts.uses.flatMap((use) => {
    const names = use.context === 'load' ? use.attributes.map(({ name }) => name) : [];
    if (names.length === 0 || meaning(linker, unit, use)?.kind !== 'missing') return [];
    const length = names.findIndex((_, index) => {
      const attributes = use.attributes.slice(0, index + 1);
      return meaning(linker, unit, { ...use, attributes })?.kind === 'missing';
    });
    const name = names[length];
    return name === undefined || /^__\w+__$/.test(name) ? [] : [{ use, name }];
  });
}

/** Somebody may set it from outside, or make modules that are no files. */
function isPutThere(codebase: Codebase, name: string): boolean {
  return codebase.pythonFiles().some(({ path }) => {
    const unit = codebase.spells(path, [name, 'sys.modules', 'meta_path']) ? codebase.unitOrNone(path) : undefined;
    if (!unit) return false;
    const { facts, text, skim } = unit;
    const isSet = facts.uses.some(({ attributes, context }) => context !== 'load' && attributes.at(-1)?.name === name);
    return (
      isSet || skim.registersModules || facts.strings.some(({ span }) => text.slice(span.start, span.end) === name)
    );
  });
}
