/** The bare name of a top-level module or package: when what stands around it says that the module is meant. */
import { binds, isFileName } from './mention-dotted.js';
import type { RelocationContext } from './mention-model.js';
import type { Surrounding } from './mention-surroundings.js';

/** `pkg.util.f`, `from pkg import util`, `import pkg`, and `pkg.` before what an import function is given. */
export function isTopLevelChain(context: RelocationContext, around: Surrounding): boolean {
  const { target } = context;
  if (around.elsewhere || around.site === 'code' || !target.dottedNames.includes(target.name)) return false;
  return hasMember(context, around) || isImported(around) || isPrefix(around, target.name);
}

/** What follows the name is known to be in it. */
function hasMember(context: RelocationContext, around: Surrounding): boolean {
  const { target, before } = context;
  const next = /^\.(\w+)/.exec(around.tail)?.[1];
  if (next === undefined || isFileName(context, around.tail)) return false;
  const member = before.codebase.layout.resolveAbsolute(`${target.name}.${next}`, target.path).found;
  return member !== null || binds(context, next);
}

/** In an import statement of a text. */
function isImported({ before, after }: Surrounding): boolean {
  if (/\bfrom\s+$/.test(before)) return /^(?:\.\w+)*\s+import\b/.test(after);
  return /(?:^|>>>|\.\.\.|[;"'`:(])\s*import\s+$/.test(before) && /^\s*(?:$|[;,"'`)\\]|as\s)/.test(after);
}

/** `f"pkg.{name}"` and `"pkg." + name` where that is imported. */
function isPrefix({ literal, span, after, mention, source }: Surrounding, name: string): boolean {
  if (literal?.span.start !== span.start || !/^\.(?:\{|%s|["'])/.test(after)) return false;
  const starts = (value: string) => value.startsWith(`${name}.`);
  const isKnown = source.unit?.facts.dynamics.some((dynamic) => {
    if (dynamic.name.kind === 'partial') return starts(dynamic.name.prefix);
    return dynamic.name.kind === 'choices' && dynamic.name.values.every(starts);
  });
  return mention.decision === 'block' || isKnown === true;
}
