/** The bare name of a top-level module or package: when what stands around it says that the module is meant. */
import { isLoggerName } from './mention-cases.js';
import { hasMember, isFileName } from './mention-dotted.js';
import type { RelocationContext } from './mention-model.js';
import type { Surrounding } from './mention-surroundings.js';

/** `pkg.util.f`, `from pkg import util`, `import pkg`, a logger's name, and `pkg.` before what an import function is given. */
export function isTopLevelChain(context: RelocationContext, around: Surrounding): boolean {
  const { target } = context;
  if (around.elsewhere || around.site === 'code' || !target.dottedNames.includes(target.name)) return false;
  if (around.whole && around.tail === '' && isLoggerName({ around })) return true;
  return leadsInside(context, around) || isImported(around) || isPrefix(around, target.name);
}

/** What follows the name is known to be in it. */
function leadsInside(context: RelocationContext, around: Surrounding): boolean {
  const next = /^\.(\w+)/.exec(around.tail)?.[1];
  if (next === undefined || isFileName(context, around.tail)) return false;
  return hasMember(context, next);
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
