/** Merges that a first recipe proposes as comments: modules of one topic that do the same job. */
import { buildGraph } from '../core/graph.js';
import { directoryOf, isIdentifier, join } from '../core/paths.js';
import type { DraftMerge } from '../core/setup/draft.js';
import type { Session } from './session.js';
import { topicsOf } from './topics.js';

const MOST = 3;

/** @param leftOut copies and shims: they repeat others */
export function draftMerges(session: Session, modules: readonly string[], leftOut: ReadonlySet<string>): DraftMerge[] {
  const { imports } = buildGraph(session.linker, () => true);
  const files = modules.map((path) => ({ path, lines: linesOf(session, path) }));
  const known = new Set(modules);
  return topicsOf(session, files, leftOut, imports)
    .topics.flatMap(({ topic, modules: members }) => {
      const from = members
        .filter(({ level, builtOn }) => level !== 'unique' && !builtOn)
        .map(({ path, level }) => ({ path, partly: level !== 'high' }));
      const into = join(directoryOf(from[0]?.path ?? ''), `unified_${topic}.py`);
      return from.length > 1 && isIdentifier(topic) && !known.has(into) ? [{ topic, from, into }] : [];
    })
    .slice(0, MOST);
}

function linesOf({ codebase }: Session, path: string): number {
  const source = codebase.text(path);
  return 'undecodable' in source ? 0 : source.text.split(/\r\n?|\n/).length;
}
