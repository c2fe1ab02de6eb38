/** The import graph as commands ask for it: what was found before and still holds is not found again. */
import { setFlagsFromString } from 'node:v8';
import { buildGraph, type ImportGraph } from '../core/graph.js';
import { LinkedFiles, surroundingsOf } from '../core/kept-links.js';
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
  const { codebase, linker, links: memory } = session;
  const surroundings = surroundingsOf(codebase);
  const linked = new LinkedFiles(linker, memory.get(surroundings));
  await skimAhead(environment, session, (path) => wanted(path) && !linked.holds(path));
  if (codebase.snapshot.files.length > MANY) setFlagsFromString('--optimize-for-size');
  const graph = buildGraph(linker, wanted, linked);
  if (!linked.isAsKept && codebase.pythonFiles().every(({ path }) => wanted(path)))
    memory.set(surroundings, linked.files);
  return graph;
}
