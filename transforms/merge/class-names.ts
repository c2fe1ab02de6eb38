/** A class that is called otherwise says so: code that finds methods or entries by the names of classes would not find its own. */
import type { Codebase } from '../../src/core/codebase.js';
import type { Linker } from '../../src/core/linker.js';
import type { Problem } from '../../src/core/model.js';
import { problem } from '../../src/core/problems.js';
import type { MergedNames, Source } from './model.js';

const NAME = String.raw`(?:type\([^()\n]*\)|\w+(?:\.\w+)*)\.__name__`;
/** `getattr(self, "visit_" + node.__class__.__name__)`, `TABLE[cls.__name__]`, `f"visit_{type(node).__name__}"`. */
const LOOKED_UP = new RegExp(
  String.raw`\bgetattr\([^\n]*\.__name__|\[\s*${NAME}\s*\]|\.(?:get|setdefault|pop)\(\s*${NAME}|["']\w*_["']\s*[+%]\s*${NAME}|\bf["']\w+_\{${NAME}`,
);

export function classNameProblems({ codebase }: Linker, sources: readonly Source[], names: MergedNames): Problem[] {
  const renamed = names.entries().filter(({ path, name, to }) => name !== to && isClass(sources, path, name));
  if (renamed.length === 0) return [];
  const looker = placeOfLookup(codebase);
  if (!looker) return [];
  return renamed
    .filter(({ name }) => isSpelledInPart(codebase, name))
    .map(({ name, to }) => {
      const message = `names of classes are looked up here, and '${name}' would be called '${to}'`;
      return problem('renamed-by-value', message, {
        place: looker,
        hint: 'give the class of the other module another name with --rename',
      });
    });
}

function isClass(sources: readonly Source[], path: string, name: string): boolean {
  const bindings = sources.find((each) => each.path === path)?.unit.facts.scopes[0]?.bindings ?? [];
  return bindings.some((each) => each.name === name && each.kind === 'class');
}

function placeOfLookup(codebase: Codebase) {
  for (const { path } of codebase.pythonFiles()) {
    const unit = codebase.spells(path, ['__name__']) ? codebase.unitOrNone(path) : undefined;
    const found = unit && LOOKED_UP.exec(unit.text);
    if (unit && found) return { path, ...codebase.place(path, unit.toFile(found.index)) };
  }
  return null;
}

/** As the end of another name, or as a string of its own. */
function isSpelledInPart(codebase: Codebase, name: string): boolean {
  const part = new RegExp(`\\w_${name}\\b|(["'])${name}\\1`);
  return codebase.pythonFiles().some(({ path }) => {
    const unit = codebase.spells(path, [name]) ? codebase.unitOrNone(path) : undefined;
    return unit !== undefined && part.test(unit.text);
  });
}
