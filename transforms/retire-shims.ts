/**
 * Decides which shims nothing needs any more, and what their users would have to import instead. Shims that only other
 * shims use go together. A pure function of the codebase.
 */
import { type Acceptance, acceptFlag, isAccepted } from '../src/core/accept.js';
import type { TextEdit } from '../src/core/edits.js';
import type { Linker } from '../src/core/linker.js';
import type { Problem } from '../src/core/model.js';
import { directoryOf, isInside, isPackageInit } from '../src/core/paths.js';
import { problem } from '../src/core/problems.js';
import { Relocation } from '../src/core/relocation.js';
import type { Shim } from '../src/core/shims.js';
import { findUsages, type ModuleUsage, type Usage } from '../src/core/usages.js';
import { textualHits } from './relocation/hits.js';
import { rewriteCode } from './relocation/rewrites.js';
import type { MovedUnit } from './relocation/units.js';
import { modulesAsValues } from './relocation/values.js';
import { mentionRefusals, unknownRefusals } from './usage-refusals.js';

/** One shim, judged. */
export interface ShimDecision {
  readonly shim: Shim;
  readonly decision: 'delete' | 'refuse';
  readonly usage: ModuleUsage;
  /** Why not; empty when it is deleted. */
  readonly refusals: readonly Problem[];
  readonly accepted: readonly Problem[];
}

/** Judges shims by what refers to them now; what refers from another shim that goes does not count. */
export function retirableShims(
  linker: Linker,
  shims: readonly Shim[],
  acceptances: readonly Acceptance[],
): ShimDecision[] {
  const usages = findUsages(
    linker,
    shims.map(({ path }) => path),
  );
  const going = new Set(shims.map(({ path }) => path));
  const reasons = (usage: ModuleUsage) => reasonsToStay(withoutUsersIn(usage, going));
  // The largest set that nothing outside of it uses: shims that use each other do not keep each other.
  for (let size = -1; size !== going.size; ) {
    size = going.size;
    for (const usage of usages)
      if (reasons(usage).some((reason) => !isAccepted(reason, acceptances))) going.delete(usage.target.path);
  }
  return shims.map((shim, index) => {
    const usage = withoutUsersIn(usages[index] as ModuleUsage, going);
    const all = reasons(usage);
    const isDeleted = going.has(shim.path);
    return {
      shim,
      decision: isDeleted ? 'delete' : 'refuse',
      usage,
      refusals: isDeleted ? [] : all.filter((each) => !isAccepted(each, acceptances)).map(withAcceptHint),
      accepted: all.filter((each) => isAccepted(each, acceptances)),
    };
  });
}

function withoutUsersIn(usage: ModuleUsage, going: ReadonlySet<string>): ModuleUsage {
  return { ...usage, usages: usage.usages.filter(({ path }) => !going.has(path)) };
}

function reasonsToStay(usage: ModuleUsage): Problem[] {
  const isUse = ({ effect, source }: Usage) =>
    effect === 'reference' && ('reference' in source || source.mention.code === null);
  const places = new Map(usage.usages.filter(isUse).map((use) => [`${use.path}:${use.line}`, use]));
  const used = [...places.values()].map((use) => {
    const what = use.class === 'implicit' ? 'passes through' : 'uses';
    const message = `${what} the old name ${usage.target.dottedNames[0] ?? usage.target.path}: ${use.text}`;
    return problem('still-used', message, {
      place: use,
      hint: 'import it from its new place: regraft retire --redirect',
    });
  });
  return [...used, ...unknownRefusals(usage), ...mentionRefusals(usage)];
}

function withAcceptHint(refusal: Problem): Problem {
  const flag = acceptFlag(refusal);
  if (!flag) return refusal;
  return { ...refusal, hint: refusal.hint ? `${refusal.hint}; or ${flag}` : `look at it, then ${flag}` };
}

export interface Redirected {
  /** By path, in UTF-16 offsets of the file's text. */
  readonly edits: ReadonlyMap<string, readonly TextEdit[]>;
  /** Places that cannot be sent to the new name, and why. */
  readonly refusals: readonly Problem[];
}

/**
 * What makes the users of shims use the modules behind them: to them it is as if each shim had moved to its module's place.
 * @param after the repository without the shims
 */
export function redirectShims(linker: Linker, after: Linker, shims: readonly Shim[]): Redirected {
  const paths = new Set(shims.map(({ path }) => path));
  const taken = takenAsValues(linker, shims);
  const led = shims
    .filter(({ path }) => !taken.has(path))
    .filter(({ path }) => !isPackageInit(path) || isWholly(linker, directoryOf(path), paths))
    .flatMap(({ path, targetPath }) => (targetPath === null ? [] : [[path, targetPath] as const]));
  const relocation = new Relocation(new Map(led), new Map());
  const units = led.map(([from, to]): MovedUnit => {
    const isPackage = isPackageInit(from);
    return { kind: isPackage ? 'package' : 'module', from: isPackage ? directoryOf(from) : from, to, target: from };
  });
  const usages = findUsages(
    linker,
    led.map(([path]) => path),
    true,
  );
  const renamed = new Map(shims.map((shim) => [shim.path, shim.renamed]));
  const named = (path: string, name: string) => renamed.get(path)?.find((each) => each.name === name)?.to ?? name;
  const code = rewriteCode(linker, after, relocation, units, usages, { named, prepare: () => undefined });
  const text = textualHits({
    before: linker,
    after: after.codebase.layout,
    relocation,
    usages,
    shims: false,
    rewrites: [],
    isTaken: () => false,
  });
  const edits = new Map<string, readonly TextEdit[]>();
  const isLeft = (path: string) => !relocation.files.has(path);
  for (const found of [code.edits, text.edits])
    for (const [path, own] of found) if (isLeft(path)) edits.set(path, [...(edits.get(path) ?? []), ...own]);
  return { edits, refusals: code.refusals.filter(({ path }) => path !== null && isLeft(path)) };
}

/** Shims that give some names under others, and of which it cannot be told what is asked: no module can stand in for them. */
function takenAsValues(linker: Linker, shims: readonly Shim[]): Set<string> {
  const renaming = new Set(shims.filter(({ renamed }) => renamed.length > 0).map(({ path }) => path));
  if (renaming.size === 0) return renaming;
  const { codebase } = linker;
  const units = codebase.pythonFiles().flatMap(({ path }) => codebase.unitOrNone(path) ?? []);
  const values = units.flatMap((unit) => modulesAsValues(linker, unit).map(({ path }) => path));
  return new Set(values.filter((path) => renaming.has(path)));
}

/** Only where all of a package's modules are shims does the name of the package lead to the new one for each of them. */
function isWholly({ codebase }: Linker, directory: string, shims: ReadonlySet<string>): boolean {
  return codebase.pythonFiles().every(({ path }) => !isInside(path, directory) || shims.has(path));
}
