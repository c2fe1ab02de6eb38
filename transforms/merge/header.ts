/**
 * The imports that modules begin with, made one list: what the first module imports already is not repeated, a name from a
 * module that it imports from joins that statement, everything else follows as it stands, conditions and comments included.
 */
import type { ImportedName, ImportStatement } from '../../src/core/facts.js';
import type { Linker } from '../../src/core/linker.js';
import type { Span } from '../../src/core/model.js';
import { directoryOf } from '../../src/core/paths.js';
import { endOf } from '../import-lists.js';
import { lineEnd, lineStart } from '../relocation/lines.js';
import { type EditedText, extendList, isStacked } from '../relocation/merge-imports.js';
import { removals } from '../relocation/split-imports.js';
import { ownLines } from './blocks.js';
import { withoutLayout } from './import-branches.js';
import type { MergedNames, Source } from './model.js';
import type { Segment } from './segments.js';

/** Longer lines are wrapped by most formatters. */
const LINE = 88;

/** The text of a span of a source, its edits applied. */
export type Piece = (span: Span, more?: readonly Span[]) => string;

export class Header {
  /** What a local name is bound to by an import that certainly ran. */
  private readonly bound = new Map<string, string>();
  private readonly blocks = new Set<string>();

  constructor(
    private readonly linker: Linker,
    private readonly names: MergedNames,
    /** Imports that are taken out. */
    private readonly inside: ReadonlySet<ImportedName | null>,
    private readonly first: Source,
    private readonly firstImports: readonly Segment[],
    private readonly work: EditedText,
  ) {
    for (const segment of firstImports)
      this.note(first, segment, first.unit.text.slice(segment.span.start, segment.span.end));
  }

  /** What is left of one stretch of imports of another module; it is part of the header from then on. */
  add(source: Source, segment: Segment, piece: Piece): string {
    const [statement, ...others] = statementsIn(source, segment);
    if (segment.statements.length > 1 || segment.statements[0]?.kind === 'imports' || !statement || others.length > 0) {
      const text = piece(segment.span);
      if (this.blocks.has(withoutLayout(text)) || text.trim() === '') return '';
      this.note(source, segment, text);
      return text;
    }
    if (statement.module === '__future__' || statement.kind === 'star')
      return statement.kind === 'star' ? piece(segment.span) : '';
    const fresh = statement.names.filter((name) => !this.inside.has(name) && !this.isBound(source, statement, name));
    const rest = this.joined(source, statement, fresh);
    for (const name of fresh) this.bound.set(this.local(source, statement, name), this.key(source, statement, name));
    const own = statement.names.filter((name) => !this.inside.has(name));
    if (rest.length === 0) return '';
    // What is taken out of a list twice would meet.
    if (rest.length === own.length || own.length < statement.names.length) return piece(segment.span);
    const gone = own.filter((name) => !rest.includes(name));
    return piece(segment.span, removals(source.unit.text, statement, gone));
  }

  private note(source: Source, segment: Segment, text: string): void {
    this.blocks.add(withoutLayout(text));
    for (const statement of statementsIn(source, segment)) {
      if (statement.when !== 'runtime' || statement.kind === 'star') continue;
      for (const name of statement.names)
        if (!this.inside.has(name))
          this.bound.set(this.local(source, statement, name), this.key(source, statement, name));
    }
  }

  private isBound(source: Source, statement: ImportStatement, name: ImportedName): boolean {
    return this.bound.get(this.local(source, statement, name)) === this.key(source, statement, name);
  }

  /** A dotted import binds its first component, together with others. */
  private local(source: Source, { kind }: ImportStatement, { name, alias }: ImportedName): string {
    return this.names.of(source.path, alias ?? name) + (kind === 'import' && alias === null ? ' (dotted)' : '');
  }

  private key({ path }: Source, statement: ImportStatement, name: ImportedName): string {
    if (statement.kind === 'import') return `import ${name.name}`;
    const { found } = this.linker.module(path, statement.level, statement.module);
    if (found) return `${found.path} ${name.name}`;
    return `${statement.level > 0 ? directoryOf(path) : ''}${'.'.repeat(statement.level)}${statement.module} ${name.name}`;
  }

  /** Puts names into a statement of the first module; gives those that found none. */
  private joined(source: Source, statement: ImportStatement, names: readonly ImportedName[]): readonly ImportedName[] {
    const { text } = source.unit;
    const isRemarked = /#/.test(text.slice(lineStart(text, statement.span.start), lineEnd(text, statement.span.end)));
    if (statement.kind !== 'from' || statement.when !== 'runtime' || isRemarked || names.length === 0) return names;
    const target = this.firstImports
      .flatMap((segment) => statementsIn(this.first, segment))
      .find((other) => this.takes(other, source, statement));
    if (!target) return names;
    const written = names.map((name) => {
      const local = this.names.of(source.path, name.alias ?? name.name);
      return local === name.name ? name.name : `${name.name} as ${local}`;
    });
    if (!isStacked(this.first.unit.text, target) && this.width(target) + written.join(', ').length + 2 > LINE)
      return names;
    extendList(this.work, target, written);
    return [];
  }

  private takes(other: ImportStatement, source: Source, statement: ImportStatement): boolean {
    if (other.kind !== 'from' || other.when !== 'runtime' || ownLines(this.first.unit.text, other.span) === null)
      return false;
    if (other.names.some((name) => this.inside.has(name))) return false;
    const module = (path: string, { level, module: dotted }: ImportStatement) =>
      this.linker.module(path, level, dotted).found?.path ?? (level === 0 ? dotted : null);
    const own = module(this.first.path, other);
    return own !== null && own === module(source.path, statement);
  }

  private width({ names }: ImportStatement): number {
    const { text } = this.first.unit;
    const last = names.at(-1) as ImportedName;
    return lineEnd(text, endOf(last)) - lineStart(text, endOf(last));
  }
}

/** A plain import of something from outside the repository. */
export function isForeign(linker: Linker, source: Source, segment: Segment): boolean {
  const [statement, ...others] = statementsIn(source, segment);
  if (!statement || others.length > 0 || segment.statements[0]?.kind !== 'import' || statement.level > 0) return false;
  const modules = statement.kind === 'import' ? statement.names.map(({ name }) => name) : [statement.module];
  return modules.every((module) => !linker.module(source.path, 0, module).internal && module !== '__future__');
}

function statementsIn({ unit }: Source, { span }: Segment): ImportStatement[] {
  return unit.facts.imports.filter((statement) => span.start <= statement.span.start && statement.span.end <= span.end);
}
