/** What the user asked to move, as modules and packages: every file that goes along, and what forbids it. */
import type { Codebase } from '../../src/core/codebase.js';
import type { MovedFile, Problem } from '../../src/core/model.js';
import { baseOf, directoryOf, isInside, isPackageInit, isPythonPath, join } from '../../src/core/paths.js';
import { problem } from '../../src/core/problems.js';
import { Relocation } from '../../src/core/relocation.js';

/** One entry of the map. */
export interface MovedUnit {
  readonly kind: 'module' | 'package' | 'file';
  /** A file, or a package's directory. */
  readonly from: string;
  readonly to: string;
  /** The Python file that stands for the unit (for a namespace package its directory); `null` for other files. */
  readonly target: string | null;
}

export interface Units {
  readonly units: readonly MovedUnit[];
  readonly relocation: Relocation;
  readonly refusals: readonly Problem[];
}

/** Expands a map of paths. Of a directory and a path inside it, both moved, the longer one decides. */
export function unitsOf(codebase: Codebase, moves: readonly MovedFile[]): Units {
  const refusals: Problem[] = [];
  const units = moves
    .filter(({ from, to }) => from !== to)
    .flatMap((move) => {
      const unit = unitOf(codebase, move);
      if (unit === null) refusals.push(missing(move.from));
      return unit ?? [];
    });
  const files = new Map<string, string>();
  const directories = new Map<string, string>();
  for (const unit of [...units].sort((a, b) => a.from.length - b.from.length)) {
    if (unit.kind === 'package') {
      directories.set(unit.from, unit.to);
      for (const { path } of codebase.snapshot.files)
        if (isInside(path, unit.from)) files.set(path, unit.to + path.slice(unit.from.length));
    } else for (const [from, to] of companions(codebase, unit)) files.set(from, to);
  }
  return { units, relocation: new Relocation(files, directories), refusals };
}

function unitOf(codebase: Codebase, { from, to }: MovedFile): MovedUnit | null {
  const { snapshot, layout } = codebase;
  if (snapshot.entry(from)) {
    if (isPackageInit(from) && isPackageInit(to))
      return { kind: 'package', from: directoryOf(from), to: directoryOf(to), target: from };
    return isPythonPath(from) ? { kind: 'module', from, to, target: from } : { kind: 'file', from, to, target: null };
  }
  if (!snapshot.files.some(({ path }) => isInside(path, from))) return null;
  return { kind: 'package', from, to, target: layout.tree.packageAt(from).path };
}

/** A module and its stub. */
function companions(codebase: Codebase, { from, to }: MovedUnit): [string, string][] {
  const stub = `${from}i`;
  const hasStub = from.endsWith('.py') && to.endsWith('.py') && codebase.snapshot.entry(stub);
  return hasStub
    ? [
        [from, to],
        [stub, `${to}i`],
      ]
    : [[from, to]];
}

function missing(from: string): Problem {
  return problem('no-such-source', `there is no file or directory ${from} in the repository`, {
    place: from,
    hint: 'name a tracked file or directory, relative to the top of the repository',
  });
}

/** The tests that mirror moved modules, as further entries of the map: `tests/test_util.py` for `util.py`. */
export function mirroredTests(codebase: Codebase, units: readonly MovedUnit[]): MovedFile[] {
  const taken = new Set(units.map(({ from }) => from));
  return units.flatMap((unit) => {
    if (unit.kind !== 'module' || isPackageInit(unit.from)) return [];
    const [old, now] = [stem(unit.from), stem(unit.to)];
    const tests = codebase.snapshot.files
      .map(({ path }) => path)
      .filter((path) => isTestOf(path, old) && !taken.has(path) && imports(codebase, path, unit.from));
    return tests.map((from) => ({ from, to: join(testDirectory(from, unit), baseOf(from).replace(old, now)) }));
  });
}

const stem = (path: string): string => baseOf(path).replace(/\.pyi?$/, '');

function isTestOf(path: string, name: string): boolean {
  return (baseOf(path) === `test_${name}.py` || baseOf(path) === `${name}_test.py`) && /(?:^|\/)tests?\//.test(path);
}

function imports(codebase: Codebase, path: string, target: string): boolean {
  const dotted = codebase.layout.namesOf(target);
  const unit = codebase.unitOrNone(path);
  return (unit?.facts.imports ?? []).some(({ module, names, kind }) =>
    dotted.some(
      (name) =>
        module === name || names.some((entry) => (kind === 'import' ? entry.name : `${module}.${entry.name}`) === name),
    ),
  );
}

/** A test directory that repeats the package's directories follows; a flat one stays. */
function testDirectory(test: string, { from, to }: MovedUnit): string {
  const here = directoryOf(test);
  const tails = directoryOf(from)
    .split('/')
    .map((_, index, parts) => parts.slice(index).join('/'));
  const mirrored = tails.find((tail) => tail !== '' && here.endsWith(`/${tail}`));
  if (mirrored === undefined) return here;
  const dropped = directoryOf(from).length - mirrored.length;
  const shared = directoryOf(from).slice(0, dropped);
  if (!`${directoryOf(to)}/`.startsWith(shared)) return here;
  return here.slice(0, here.length - mirrored.length) + directoryOf(to).slice(dropped);
}
