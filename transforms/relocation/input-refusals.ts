/** What is wrong with a map of moves by itself: sources that cannot move, destinations that cannot be. All at once. */
import type { Codebase } from '../../src/core/codebase.js';
import type { MovedFile, Problem } from '../../src/core/model.js';
import { baseOf, directoryOf, isIdentifier, isInside } from '../../src/core/paths.js';
import { problem } from '../../src/core/problems.js';
import type { Relocation } from '../../src/core/relocation.js';
import { STANDARD_LIBRARY } from '../../src/core/standard-library.js';
import type { MovedUnit } from './units.js';

export function inputRefusals(
  codebase: Codebase,
  moves: readonly MovedFile[],
  units: readonly MovedUnit[],
  relocation: Relocation,
): Problem[] {
  const occupied = new Set(codebase.snapshot.files.map(({ path }) => relocation.file(path)));
  const found = [
    ...twice(moves),
    ...units.flatMap((unit) => [
      ...badSource(codebase, unit, relocation),
      ...badName(codebase, unit),
      ...taken(codebase, unit, relocation),
      ...shadowing(codebase, unit, occupied),
    ]),
    ...caseCollisions(codebase, relocation, occupied),
  ];
  return [...new Map(found.map((refusal) => [`${refusal.code}\0${refusal.path}`, refusal])).values()];
}

function refusal(code: string, path: string, message: string, hint: string): Problem {
  return problem(code, message, { place: path, hint });
}

function twice(moves: readonly MovedFile[]): Problem[] {
  const found: Problem[] = [];
  for (const [index, { from, to }] of moves.entries()) {
    const others = moves.slice(0, index);
    if (others.some((other) => other.to === to && other.from !== from))
      found.push(refusal('same-destination', to, `two sources go to ${to}`, 'give each its own destination'));
    if (others.some((other) => other.from === from && other.to !== to))
      found.push(refusal('overlapping-moves', from, `${from} has two destinations`, 'name each source once'));
    if (isInside(to, from) && from !== '')
      found.push(refusal('overlapping-moves', from, `${from} cannot go into itself`, 'choose a place outside of it'));
  }
  return found;
}

function badSource(codebase: Codebase, { from }: MovedUnit, relocation: Relocation): Problem[] {
  const own = codebase.snapshot.files.filter(
    ({ path }) => (path === from || isInside(path, from)) && relocation.files.has(path),
  );
  const untracked = own.find(({ tracked }) => !tracked);
  if (untracked)
    return [
      refusal('untracked', untracked.path, `${untracked.path} is not tracked by git`, 'git add it, or take it away'),
    ];
  const special = own.find(({ mode }) => mode === '160000' || mode === '120000');
  if (!special) return [];
  const what = special.mode === '160000' ? 'a submodule' : 'a symbolic link';
  return [refusal('not-a-file', special.path, `${special.path} is ${what}`, 'move it with git, or leave it out')];
}

function badName(codebase: Codebase, { kind, from, to }: MovedUnit): Problem[] {
  if (to === '' || to.startsWith('/') || /(?:^|\/)\.\.?(?:\/|$)|^\.git(?:\/|$)|\\/.test(to))
    return [refusal('outside-repository', to, `${to} lies outside the repository`, 'name a place inside it')];
  const link = codebase.snapshot.files.find(
    ({ path, mode }) => (mode === '160000' || mode === '120000') && isInside(to, path),
  );
  if (link)
    return [refusal('outside-repository', to, `${to} lies behind ${link.path}`, 'name a place inside the repository')];
  const fresh = to.split('/').slice(commonDepth(codebase, to));
  const device = fresh.find((part) => DEVICE.test(part));
  if (device !== undefined) {
    const hint = 'choose another name: nobody could check this one out there';
    return [refusal('reserved-name', to, `'${device}' is the name of a device on Windows`, hint)];
  }
  if (kind === 'file') return [];
  const stem = to.replace(/\.pyi?$/, '');
  if (kind === 'module' && stem === to)
    return [refusal('not-an-identifier', to, `${to} is no name of a Python file`, `did you mean ${to}.py?`)];
  const wasImportable = isIdentifier(baseOf(from).replace(/\.pyi?$/, ''));
  const parts = stem.split('/').slice(commonDepth(codebase, stem));
  const wrong = parts.find((part) => !isIdentifier(part) || KEYWORDS.has(part));
  if (wrong === undefined || !wasImportable) return [];
  return [
    refusal('not-an-identifier', to, `'${wrong}' cannot be part of a module's name`, 'choose letters, digits and _'),
  ];
}

/** With any ending, as Microsoft's "Naming Files, Paths, and Namespaces" has it. */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3])(?:\..*)?$/i;

const KEYWORDS: ReadonlySet<string> = new Set(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
);

/** How many leading directories are there already; their names are nobody's choice now. */
function commonDepth(codebase: Codebase, stem: string): number {
  let depth = 0;
  for (let here = directoryOf(stem); here !== ''; here = directoryOf(here))
    if (codebase.snapshot.files.some(({ path }) => isInside(path, here)))
      depth = Math.max(depth, here.split('/').length);
  return depth;
}

function taken({ snapshot }: Codebase, { from, to, kind }: MovedUnit, relocation: Relocation): Problem[] {
  const stays = (path: string) => snapshot.entry(path) !== undefined && !relocation.files.has(path);
  const hint = 'choose another name, or move what is there in the same map';
  const blocked =
    kind === 'package'
      ? snapshot.files.find(({ path }) => isInside(path, to) && !isInside(path, from) && !relocation.files.has(path))
          ?.path
      : [...relocation.files].find(
          ([source, place]) => (source === from || source === `${from}i`) && stays(place),
        )?.[1];
  if (blocked !== undefined) return [refusal('destination-exists', to, `${blocked} is there already`, hint)];
  const parent = parentsOf(to).find((directory) => stays(directory));
  return parent ? [refusal('destination-exists', to, `${parent} is a file, not a directory`, hint)] : [];
}

/** Names at the top that Python would find elsewhere first or instead, and a directory beside a module of its name. */
function shadowing(codebase: Codebase, { kind, from, to }: MovedUnit, occupied: ReadonlySet<string>): Problem[] {
  if (kind === 'file') return [];
  const stem = to.replace(/(?:\/__init__)?\.pyi?$/, '');
  const hint = 'choose another name';
  const isTop = codebase.layout.roots.includes(directoryOf(stem));
  const base = baseOf(stem);
  if (isTop && base !== baseOf(from).replace(/\.pyi?$/, '')) {
    if (STANDARD_LIBRARY.has(base))
      return [refusal('shadows-module', to, `'${base}' is a module of the standard library`, hint)];
    if (codebase.layout.isDependency(base))
      return [
        refusal('shadows-module', to, `'${base}' is an installed distribution that this project depends on`, hint),
      ];
  }
  const twin =
    kind === 'module'
      ? [...occupied].find(
          (path) => isInside(path, stem) && /\.pyi?$/.test(path) && path.replace(/i$/, '') !== to.replace(/i$/, ''),
        )
      : [`${to}.py`, `${to}.pyi`].find((path) => occupied.has(path));
  return twin ? [refusal('shadows-module', to, `${twin} answers to the same name`, hint)] : [];
}

function caseCollisions({ snapshot }: Codebase, relocation: Relocation, occupied: ReadonlySet<string>): Problem[] {
  const spellings = new Map<string, Set<string>>();
  for (const path of occupied)
    for (const part of [path, ...parentsOf(path)]) {
      const key = part.toLowerCase();
      spellings.set(key, (spellings.get(key) ?? new Set()).add(part));
    }
  const before = new Set(snapshot.files.flatMap(({ path }) => [path, ...parentsOf(path)]));
  return [...new Set(relocation.files.values())].flatMap((to) => {
    const clash = [to, ...parentsOf(to)].find(
      (part) => !before.has(part) && (spellings.get(part.toLowerCase())?.size ?? 0) > 1,
    );
    if (clash === undefined) return [];
    const other = [...(spellings.get(clash.toLowerCase()) ?? [])].find((part) => part !== clash);
    return [
      refusal(
        'case-collision',
        to,
        `${clash} differs from ${other} only by case`,
        'many file systems cannot hold both',
      ),
    ];
  });
}

function parentsOf(path: string): string[] {
  const found: string[] = [];
  for (let here = directoryOf(path); here !== ''; here = directoryOf(here)) found.push(here);
  return found;
}
