/**
 * Scripts that start a module or a file whose name they put together: a known beginning taints all modules that complete it,
 * as in Python, also where the rest of the name stands in another file.
 */
import type { Codebase } from './codebase.js';
import type { ScriptPath, ScriptText } from './mentions/script.js';
import { baseDirectory, walked } from './mentions/script-reach.js';
import { IMPORTS, STARTS_MODULE } from './mentions/script-rules.js';
import type { MentionTarget } from './mentions.js';
import { baseOf, directoryOf } from './paths.js';
import type { Unknown } from './unknowns.js';
import type { ModuleUsage } from './usages.js';

/** Adds what scripts could reach to what is unknown of each module. */
export function withComputedScripts(codebase: Codebase, usages: readonly ModuleUsage[]): ModuleUsage[] {
  const homes = [...new Set(usages.map(({ target }) => baseOf(homeOf(target))).filter((home) => home !== ''))];
  const scripts = codebase.snapshot.files.filter(
    ({ path }) => codebase.kind(path) === 'script-js' && isPossible(codebase, path, homes),
  );
  if (scripts.length === 0) return [...usages];
  return usages.map((usage) => {
    const found = scripts.flatMap(({ path }) => unknownsIn(codebase, path, usage.target));
    if (found.length === 0) return usage;
    const verdict = usage.verdict === 'unused' ? 'unknown' : usage.verdict;
    return { ...usage, verdict, unknowns: [...usage.unknowns, ...found] };
  });
}

/** The directory that the module or package lies in. */
function homeOf({ path }: MentionTarget): string {
  return directoryOf(path.replace(/\/__init__\.pyi?$/, ''));
}

/** Tells from the text that there may be something: it is worth to be parsed. */
function isPossible(codebase: Codebase, path: string, homes: readonly string[]): boolean {
  const spelled = homes.filter((home) => codebase.spells(path, [home]));
  const source = spelled.length > 0 ? codebase.text(path) : { undecodable: '' };
  if ('undecodable' in source) return false;
  const goesOn = String.raw`(?:[./\\]+(?:\$\{|['"${'`'}]\s*\+)|['"${'`'}]\s*,\s*[^'"\s])`;
  return spelled.some((home) => new RegExp(home.replace(/[^\w]/g, '\\$&') + goesOn).test(source.text));
}

function unknownsIn(codebase: Codebase, path: string, target: MentionTarget): Unknown[] {
  const source = codebase.text(path);
  const facts = codebase.script(path)?.();
  if (!facts || 'undecodable' in source) return [];
  return facts.texts.flatMap((text) => {
    const name = text.kind === 'string' ? completed(source.text, path, text, target) : null;
    const at = text.parts[0]?.span.start ?? 0;
    if (name === null) return [];
    const place = { path, ...codebase.place(path, at), text: codebase.lineText(path, at) };
    return [
      { ...place, code: 'javascript-reference', by: 'by-prefix', reason: `the computed name can become ${name}` },
    ];
  });
}

/** What the text can become, of the target's names and its path. */
function completed(source: string, file: string, text: ScriptText, target: MentionTarget): string | null {
  const isSplit = text.path !== null && isJoined(source, text.path);
  if (isSplit && leadsHome(source, file, text.path as ScriptPath, '', target)) return target.path;
  for (const [index, part] of text.parts.entries()) {
    if (part.isComputed || !text.parts[index + 1]?.isComputed) continue;
    const opening = source.slice(part.span.start, part.span.end);
    const name = target.dottedNames.find((dotted) => isModule(opening, dotted, text));
    if (name !== undefined) return name;
    const next = text.parts[index + 2]?.span;
    const isFile = next !== undefined && /^\.py(?!\w)/.test(source.slice(next.start, next.end));
    if (isFile && text.path && leadsHome(source, file, text.path, '', target)) return target.path;
    const home = `${homeOf(target)}/`;
    if (isFile && !text.path && (opening === home || /[\s/]$/.test(before(opening, home) ?? ''))) return target.path;
  }
  return null;
}

/** `join(dir, 'scripts', name + '.py')`: what is computed stands in an argument of its own. */
function isJoined(source: string, { pieces, isOpen }: ScriptPath): boolean {
  const last = pieces.at(-1);
  return isOpen && last !== undefined && /^['"`]\s*,[^,)]*\.py(?!\w)/.test(source.slice(last.end, last.end + 200));
}

/** `pkg.` of what is run with `-m` or imported through a bridge. */
function isModule(opening: string, dotted: string, { place }: ScriptText): boolean {
  const ahead = before(opening, dotted.slice(0, dotted.lastIndexOf('.') + 1));
  if (ahead === null || !dotted.includes('.')) return false;
  if (STARTS_MODULE.test(ahead)) return true;
  return (
    ahead === '' && (place.preceding.at(-1) === '-m' || (place.argument === 0 && IMPORTS.test(place.callee ?? '')))
  );
}

function before(text: string, end: string): string | null {
  return text.endsWith(end) ? text.slice(0, text.length - end.length) : null;
}

/** The pieces lead to the directory of the target, from wherever they are known to start. */
function leadsHome(source: string, file: string, path: ScriptPath, more: string, target: MentionTarget): boolean {
  const written = path.pieces.map(({ start, end }) => source.slice(start, end)).join('/') + more;
  const word = /[^\s"'`=]*$/.exec(written)?.[0] ?? '';
  const steps = word.split(/[/\\]+/).filter((step) => step !== '' && step !== '.');
  const base = baseDirectory(path, file);
  const home = homeOf(target);
  if (base !== null) return walked(base, steps) === home;
  return steps.length > 0 && `/${home}`.endsWith(`/${steps.filter((step) => step !== '..').join('/')}`);
}
