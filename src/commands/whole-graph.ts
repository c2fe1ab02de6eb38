/** The import graph as commands ask for it: as it was built last where that still holds, else built. */
import { setFlagsFromString } from 'node:v8';
import { buildGraph, type ImportGraph, partOf } from '../core/graph.js';
import { graphIdentity } from '../core/graph-identity.js';
import type { Environment } from './command.js';
import { type Session, skimAhead } from './session.js';

const ALL = () => true;
/** Files from which on memory counts for more than time: V8 then collects sooner, which costs a fifth of the whole. */
const MANY = 50_000;

/** @param wanted the files whose imports are asked for; all by default */
export async function importGraph(
  environment: Environment,
  session: Session,
  wanted: (path: string) => boolean = ALL,
): Promise<ImportGraph> {
  const { codebase, linker, graphs } = session;
  const identity = graphIdentity(codebase);
  const kept = identity === null ? undefined : graphs.get(identity);
  if (kept) return partOf(kept, wanted);
  await skimAhead(environment, session, wanted);
  if (codebase.snapshot.files.length > MANY) setFlagsFromString('--optimize-for-size');
  const graph = buildGraph(linker, wanted);
  if (codebase.pythonFiles().every(({ path }) => wanted(path))) keep(session, graph);
  return graph;
}

/** By now all files have been read. */
function keep({ codebase, graphs }: Session, graph: ImportGraph): void {
  const identity = graphIdentity(codebase);
  if (identity !== null) graphs.set(identity, graph);
}
