/** Everything that refers to a module that becomes part of another: code relinked, mentions decided, shims left. */
import { isAccepted } from '../../src/core/accept.js';
import type { TextEdit } from '../../src/core/edits.js';
import type { Linker } from '../../src/core/linker.js';
import type { Problem } from '../../src/core/model.js';
import type { Relocation } from '../../src/core/relocation.js';
import { findUsages } from '../../src/core/usages.js';
import { type LeftShims, type RenamedIn, remadeShims, shimsFor } from '../leave-shims.js';
import { type Hits, textualHits } from '../relocation/hits.js';
import { together } from '../relocation/judging.js';
import { withRelevantUnknowns } from '../relocation/relevant-unknowns.js';
import { rewriteCode } from '../relocation/rewrites.js';
import type { MovedUnit } from '../relocation/units.js';
import { unknownRefusals } from '../relocation/unknowns.js';
import { internalise } from './internalise.js';
import type { MergedNames, Source } from './model.js';
import { renamedByValue } from './renamed-by-value.js';
import type { MergeRequest } from './request.js';
import { sameKeys } from './same-keys.js';
import { StarUsers } from './star-users.js';
import { renamedTails } from './tails.js';

export interface Redirecting {
  readonly before: Linker;
  /** With the merged module in place, its contents aside. */
  readonly after: Linker;
  readonly sources: readonly Source[];
  /** The sources that leave their places. */
  readonly units: readonly MovedUnit[];
  readonly relocation: Relocation;
  readonly names: MergedNames;
  /** `__all__` of the merged module; `null` where it has none. */
  readonly listed: readonly string[] | null;
  readonly request: MergeRequest;
}

export interface Redirected {
  /** By path before. */
  readonly edits: ReadonlyMap<string, readonly TextEdit[]>;
  readonly problems: readonly Problem[];
  readonly hits: Hits;
  readonly shims: LeftShims;
  /** Shims that stood there before and are written anew. */
  readonly remade: ReadonlySet<string>;
}

export function redirected(asked: Redirecting): Redirected {
  const { before, after, sources, units, relocation, names, request } = asked;
  const isSource = (path: string) => sources.some((source) => source.path === path);
  const stars = new StarUsers(before, sources, names, asked.listed);
  const targets = units.map(({ from }) => from);
  const renamed: RenamedIn = (path) => names.entries().filter((each) => each.path === path && each.name !== each.to);
  const hasOtherNames = (path: string) => renamed(path).length > 0;
  const usages = withRelevantUnknowns(before, relocation, findUsages(before, targets, true));
  const code = rewriteCode(before, after, relocation, units, usages, {
    named: names.of,
    prepare: (work) => {
      if (isSource(work.unit.path)) internalise(work, isSource, names);
      else stars.list(work);
    },
  });
  const { shims, rewrites } = request;
  const layout = after.codebase.layout;
  const left: LeftShims = shims ? shimsFor(before, layout, relocation, units, renamed) : { files: [], refusals: [] };
  const remade = remadeShims(before, layout, relocation, renamed);
  const isTaken = (refusal: Problem) => isAccepted(refusal, request.acceptances);
  const hits = textualHits({ before, after: layout, relocation, usages, shims, rewrites, isTaken, hasOtherNames });
  const edits = new Map(together(code.edits, hits.edits, renamedTails(before, usages, names, hits.edits)));
  for (const [path, text] of remade) edits.set(path, [wholly(before, path, text)]);
  return {
    edits,
    problems: [
      ...code.refusals,
      ...hits.refusals,
      ...unknownRefusals(usages, shims, hits.answered),
      ...left.refusals,
      ...sameKeys(before, hits.edits),
      ...renamedByValue(before, sources, usages, names),
    ],
    hits,
    shims: left,
    remade: new Set(remade.keys()),
  };
}

function wholly({ codebase }: Linker, path: string, text: string): TextEdit {
  const source = codebase.text(path);
  const end = 'undecodable' in source ? 0 : source.text.length;
  return { span: { start: 0, end }, text, reason: 'names of its module change' };
}
