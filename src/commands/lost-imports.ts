/** Imports that were written after a run and would lead nowhere once it is taken back. */
import type { UnresolvedImport } from '../core/edges.js';
import { buildGraph } from '../core/graph.js';
import type { PreparedBatch, Problem } from '../core/model.js';
import { overlay } from '../core/overlay.js';
import { moduleBase } from '../core/paths.js';
import { problem } from '../core/problems.js';
import type { Environment } from './command.js';
import { openSession, type Session, sessionOn } from './session.js';

/** Warnings with their places, and not refusals: the import can be mended only after the undo. */
export async function lostImports(environment: Environment, { transitions }: PreparedBatch): Promise<Problem[]> {
  const gone = transitions.filter(({ path, after }) => after === null && /\.pyi?$/.test(path));
  if (gone.length === 0) return [];
  const session = await openSession(environment);
  const replaced = new Map(transitions.map(({ path, after }) => [path, after]));
  const result = sessionOn(session, overlay(session.snapshot, replaced, session.tools.nameBlob));
  const names = [...new Set(gone.map(({ path }) => moduleBase(path)))];
  const known = new Set(unresolvedIn(session, names).map(keyOf));
  return unresolvedIn(result, names)
    .filter((each) => !known.has(keyOf(each)))
    .map(({ path, line, name }) =>
      problem('import-lost', `'${name}' is there since the run, and this import of it is younger`, {
        severity: 'warning',
        place: { path, line, column: 1 },
        hint: 'mend it after the undo, or see by --verify whether anything fails',
      }),
    );
}

/** Only files that spell one of the names can import it. */
function unresolvedIn({ linker, snapshot }: Session, names: readonly string[]): readonly UnresolvedImport[] {
  const spells = (path: string) => {
    const bytes = snapshot.read(path);
    return bytes instanceof Uint8Array && names.some((name) => Buffer.from(bytes).includes(name));
  };
  return buildGraph(linker, spells).unresolved;
}

const keyOf = ({ path, name, line }: UnresolvedImport): string => `${path}\0${name}\0${line}`;
