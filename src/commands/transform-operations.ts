/** What a transform does, file by file, for a review. */
import type { Problem } from '../core/model.js';
import type { FileChange } from '../report/patch.js';
import { problemLines } from '../report/problems-text.js';
import type { Style } from '../report/style.js';
import { type TransformedReport, transformedLines } from '../report/transform.js';
import { changesTo, type PlannedOperation } from './operations.js';

export interface TransformForReview extends TransformedReport {
  readonly refusals: readonly Problem[];
  readonly changes: readonly FileChange[];
  readonly style: Style;
}

/** Each file once: rewritten, new, moved, deleted, or one that the transform failed on. */
export function fileOperations(done: TransformForReview): PlannedOperation[] {
  const failed = done.refusals.flatMap(({ path }) => path ?? []);
  const others = [...done.created, ...done.moved.map(({ from }) => from), ...done.deleted, ...failed];
  const rewritten = done.rewritten.map(({ path }) => path);
  return [...new Set([...rewritten, ...others])].map((path) => fileOperation(done, path, rewritten.includes(path)));
}

function fileOperation(done: TransformForReview, path: string, isRewritten: boolean): PlannedOperation {
  const isMeant = (each: { readonly path: string | null }) => each.path === path;
  const refusals = done.refusals.filter(isMeant);
  const own = {
    ...done,
    rewritten: done.rewritten.filter(isMeant),
    created: done.created.filter((each) => each === path),
    moved: done.moved.filter(({ from }) => from === path),
    deleted: done.deleted.filter((each) => each === path),
    stats: {},
  };
  return {
    key: path,
    isRefused: refusals.length > 0,
    parts: [],
    whyNotApart: isRewritten ? null : 'only rewritten files can be in a commit of their own',
    look: () => ({
      lines: [
        ...transformedLines(own, done.style),
        ...[...refusals, ...done.findings.filter(isMeant)].flatMap((each) => problemLines(each, done.style)),
      ],
      refusals,
      changes: changesTo(done.changes, (each) => each === path),
    }),
  };
}
