/** What the rewriting of one file works with: the file before and after, the graph before, names after, edits so far. */
import type { PythonUnit } from '../../src/core/codebase.js';
import type { TextEdit } from '../../src/core/edits.js';
import type { ImportedName, ImportStatement, NameUse } from '../../src/core/facts.js';
import type { Linker } from '../../src/core/linker.js';
import type { Problem, Span } from '../../src/core/model.js';
import { moduleBase } from '../../src/core/paths.js';
import { problem } from '../../src/core/problems.js';
import type { Relocation } from '../../src/core/relocation.js';
import type { NamesAfter } from './names-after.js';

/** What all files of a relocation share. */
export interface Shared {
  readonly before: Linker;
  readonly names: NamesAfter;
  readonly relocation: Relocation;
  /** Whether the local name of a renamed module changes with it in a scope of a file. */
  renames(unit: PythonUnit, scope: number, target: string): boolean;
  /** What a name that a file (path before) binds at module level is called afterwards. */
  named(path: string, name: string): string;
  /** Deals with what is not to be relinked, before everything else, and says so in `settled`. */
  prepare(work: UnitWork): void;
  /** Why a moved module (path afterwards) cannot be taken as an attribute of its package; `null` when it can. */
  hidden(path: string): string | null;
}

export class UnitWork {
  readonly edits: TextEdit[] = [];
  readonly refusals: Problem[] = [];
  /** Where the file stands afterwards. */
  readonly path: string;
  readonly isNotebook: boolean;
  /** `scope:old name` -> the new local name of a renamed module. */
  private readonly renamed = new Map<string, { readonly to: string; readonly target: string }>();

  /** Statements, imported names and uses that are dealt with. */
  readonly settled = new Set<ImportStatement | ImportedName | NameUse>();

  /** `scope:name` of packages at the top that got a longer name and an alias: the local name goes on meaning them. */
  readonly aliased = new Set<string>();

  constructor(
    readonly shared: Shared,
    readonly unit: PythonUnit,
  ) {
    this.path = shared.relocation.file(unit.path);
    this.isNotebook = shared.before.codebase.kind(unit.path) === 'notebook';
  }

  get text(): string {
    return this.unit.text;
  }

  /** Whether the name of a module (path before) changes in a scope; the uses there follow, see {@link newLocalName}. */
  renames(scope: number, target: string): boolean {
    const [from, to] = [moduleBase(target), moduleBase(this.shared.relocation.file(target))];
    const isTaken = [...this.renamed].some(
      ([key, known]) => key.startsWith(`${scope}:`) && known.to === to && known.target !== target,
    );
    if (isTaken || !this.shared.renames(this.unit, scope, target)) return false;
    this.renamed.set(`${scope}:${from}`, { to, target });
    return true;
  }

  /** The new local name that `name`, bound in `scope`, has got; `null` when it keeps its own. */
  newLocalName(scope: number, name: string): string | null {
    return this.renamed.get(`${scope}:${name}`)?.to ?? null;
  }

  /** Replaces a span of the unit's text. */
  edit(span: Span, text: string, reason: string): void {
    const { unit } = this;
    if (unit.text.slice(span.start, span.end) === text) return;
    const inFile = { start: unit.toFile(span.start), end: unit.toFile(span.end) };
    this.edits.push({ span: inFile, text: unit.written(text), reason });
  }

  refuse(span: Span, why: string, code = 'cannot-redirect'): void {
    const { unit, shared } = this;
    const place = { path: unit.path, ...shared.before.codebase.place(unit.path, unit.toFile(span.start)) };
    const hint = 'change this place by hand, then run the command again';
    this.refusals.push(problem(code, `cannot redirect this reference: ${why}`, { place, hint }));
  }
}
