/** Which modules are asked for their topics, and who imports whom among them. */
import type { ImportEdge } from '../core/edges.js';
import { findTopics, type Topics } from '../core/topics/topics.js';
import { vocabularyOf } from '../core/topics/vocabulary.js';
import type { InventoryFile } from '../report/inventory.js';
import type { Session } from './session.js';

/** A test speaks of a job and does not do it. */
const TEST = /(?:^|\/)(?:(?:tests?|[^/]*_tests?)\/|(?:test_[^/]*|[^/]*_test|conftest)\.py$)/;

/** @param leftOut duplicates and shims: they repeat others and would count double. */
export function topicsOf(
  { codebase }: Session,
  files: readonly InventoryFile[],
  leftOut: ReadonlySet<string>,
  imports: readonly ImportEdge[],
): Topics {
  const modules = files
    .filter(({ path }) => !leftOut.has(path) && !TEST.test(path))
    .flatMap(({ path, lines }) => {
      const unit = codebase.unitOrNone(path);
      return unit ? [vocabularyOf(unit, lines)] : [];
    });
  const linked = new Set(imports.filter(isWritten).map((edge) => `${edge.path}\0${edge.importedPath}`));
  return findTopics(modules, (a, b) => linked.has(`${a}\0${b}`) || linked.has(`${b}\0${a}`));
}

/** Not the packages around it, nor what a string only may mean. */
function isWritten({ form }: ImportEdge): boolean {
  return form === 'import' || form === 'from' || form === 'star';
}
