/** Scripts that go along with a package: what they find upwards of their own place they would no longer find. */
import type { Codebase } from '../../src/core/codebase.js';
import type { ScriptPath } from '../../src/core/mentions/script.js';
import { baseDirectory, walked } from '../../src/core/mentions/script-reach.js';
import type { Problem } from '../../src/core/model.js';
import { directoryOf, isInside, isPythonPath } from '../../src/core/paths.js';
import { problem } from '../../src/core/problems.js';
import type { Relocation } from '../../src/core/relocation.js';

/** What is Python and moves itself has been rewritten where it is named. */
export function scriptPlaces(codebase: Codebase, relocation: Relocation): Problem[] {
  const moved = [...relocation.files].filter(
    ([from, to]) => directoryOf(from) !== directoryOf(to) && codebase.kind(from) === 'script-js',
  );
  return moved.flatMap(([from]) => (codebase.spells(from, ['..']) ? lostIn(codebase, relocation, from) : []));
}

function lostIn(codebase: Codebase, relocation: Relocation, file: string): Problem[] {
  const source = codebase.text(file);
  const facts = codebase.script(file)?.();
  if (!facts || 'undecodable' in source) return [];
  return facts.texts.flatMap(({ path }) => {
    const at = path?.pieces[0]?.start;
    if (!path || at === undefined || path.from !== 'file') return [];
    const lost = lostTarget(codebase, relocation, file, path, source.text);
    if (lost === null) return [];
    const place = { path: file, ...codebase.place(file, at) };
    const message = `${file} finds ${lost || 'the top'} by its own place, which changes`;
    return [problem('file-location', message, { place, hint: 'move what it needs along, and change this line after' })];
  });
}

/** What the path leads to, where it would lead elsewhere afterwards. */
function lostTarget(
  codebase: Codebase,
  relocation: Relocation,
  file: string,
  path: ScriptPath,
  text: string,
): string | null {
  const written = path.pieces.map(({ start, end }) => text.slice(start, end)).join('/');
  const steps = written.split(/[/\\]+/).filter((step) => step !== '' && step !== '.');
  const [before, after] = [baseDirectory(path, file), baseDirectory(path, relocation.file(file))];
  const found = before === null ? null : thereAt(codebase, walked(before, steps));
  if (found === null) return null;
  const isNamed = isPythonPath(found) && relocation.file(found) !== found;
  const leads = after === null ? null : walked(after, steps);
  const isSame =
    leads !== null && [found, walked(before ?? '', steps)].some((each) => moved(relocation, each) === leads);
  return isNamed || isSame || relocation.directory(found) !== found ? null : found;
}

function moved(relocation: Relocation, path: string | null): string | null {
  if (path === null) return null;
  return relocation.files.has(path) ? relocation.file(path) : relocation.directory(path);
}

const ENDINGS = ['', '.js', '.ts', '.tsx', '.jsx', '.mjs', '.cjs', '.mts', '.cts', '.json', '.vue', '.svelte'];

/** The file or directory that a path of JavaScript leads to. */
function thereAt(codebase: Codebase, path: string | null): string | null {
  if (path === null || path === '') return path;
  const { snapshot } = codebase;
  const file = ENDINGS.map((ending) => path + ending).find((each) => snapshot.entry(each) !== undefined);
  if (file !== undefined) return file;
  return snapshot.files.some((each) => isInside(each.path, path)) ? path : null;
}
