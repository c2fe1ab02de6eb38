/** What a planned merge comes to, for text and Markdown alike. */
import type { MoveReport } from './move-report.js';
import { rewrittenPlaces } from './move-report.js';
import { grouped } from './words.js';

/** What becomes of one module-level name. */
export interface NameReport {
  readonly path: string;
  readonly name: string;
  /** `same`: another module's copy stays. */
  readonly what: 'kept' | 'same' | 'renamed';
  readonly to: string;
}

/** What becomes of the names of some modules. */
export interface NamesReport {
  readonly from: readonly string[];
  readonly symbols: readonly NameReport[];
}

export interface MergeReport extends Omit<MoveReport, 'result'> {
  readonly from: readonly string[];
  readonly into: string;
  readonly result: MoveReport['result'] & {
    readonly symbols: readonly NameReport[];
    readonly lines: { readonly before: number; readonly after: number };
  };
}

/** One line: `Plan: 3 modules into 1, 1,203 lines to 1,150; 5 files to rewrite.` */
export function mergeCounts({ plan, result, from }: MergeReport, applied: boolean): string {
  if (plan.refusals.length > 0)
    return `Plan: nothing; ${grouped(plan.refusals.length)} refused, and a merge is all or nothing.`;
  const { before, after } = result.lines;
  const modules = `${grouped(from.length)} modules into 1, ${grouped(before)} lines ${applied ? 'became' : 'become'} ${grouped(after)}`;
  return `${applied ? 'Done' : 'Plan'}: ${modules}; ${grouped(rewrittenPlaces({ plan }).length)} files ${applied ? 'rewritten' : 'to rewrite'}.`;
}

/** Names of one kind, module by module. */
export function namesOf({ symbols }: Pick<NamesReport, 'symbols'>, what: NameReport['what'], path: string): string[] {
  const own = symbols.filter((symbol) => symbol.what === what && symbol.path === path);
  return own.map(({ name, to }) => (name === to ? name : `${name} as ${to}`));
}
