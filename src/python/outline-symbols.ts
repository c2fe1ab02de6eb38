/** Statements to symbols: what each statement defines, and the digests of its parts. */
import type { Span } from '../core/model.js';
import type { ImportTarget, OutlineSymbol, SymbolKind } from '../core/outline.js';
import { lineIndex, lineStarts } from '../core/text.js';
import type { Surface } from './facts.js';
import type { FreeNames } from './free-names.js';
import { bareString, digest, meaningful } from './normalise.js';
import { importDrafts } from './outline-imports.js';
import { baseNamesOf, classParts, functionParts, madeBy, NO_PARTS, type Parts } from './outline-parts.js';
import { shapeOf } from './shape.js';
import type { SourceForm } from './source-form.js';
import { childByField, type SyntaxNode } from './syntax.js';

/** Where a statement stands. */
export interface Context {
  /** The qualname of the class around it. */
  readonly owner: string | null;
  readonly conditions: readonly string[];
  readonly conditionSpans: readonly Span[];
}

/** A symbol before what needs the whole file is known. */
export interface Draft {
  readonly qualname: string;
  /** 2 for the second symbol of this name, and so on. */
  number?: number;
  readonly kind: SymbolKind;
  /** The definition itself; for others the statement. */
  readonly node: SyntaxNode;
  /** The statement with its decorators. */
  readonly whole: SyntaxNode;
  readonly binds: readonly string[];
  readonly parts: Parts;
  readonly context: Context;
  readonly imported: ImportTarget | null;
  readonly baseNames: readonly string[];
  readonly made: string | null;
}

type Shape = Partial<Omit<Draft, 'qualname' | 'context'>> & Pick<Draft, 'kind' | 'node' | 'parts'>;

/** The symbols of one statement; none for `pass` and for strings that stand alone. */
export function draftsOf(statement: SyntaxNode, context: Context, source: SourceForm): Draft[] {
  const { text } = source;
  switch (statement.type) {
    case 'pass_statement':
      return [];
    case 'decorated_definition':
    case 'function_definition':
    case 'class_definition':
      return [definitionDraft(statement, context, source)];
    case 'import_statement':
    case 'import_from_statement':
    case 'future_import_statement':
      return importDrafts(statement, text).map(({ name, binds, imported, parts }) =>
        draft(name, context, { kind: 'import', node: statement, parts, binds, imported }),
      );
    default:
      return bareString(statement, text) === null ? plainDrafts(statement, context, source) : [];
  }
}

function draft(name: string, context: Context, shape: Shape): Draft {
  const qualname = context.owner === null ? name : `${context.owner}.${name}`;
  return { whole: shape.node, binds: [name], imported: null, baseNames: [], made: null, ...shape, qualname, context };
}

function definitionDraft(statement: SyntaxNode, context: Context, source: SourceForm): Draft {
  const { text } = source;
  const node = childByField(statement, 'definition') ?? statement;
  const decorators = statement.children.filter((child) => child.type === 'decorator');
  const name = childByField(node, 'name');
  const label = name ? text.slice(name.start, name.end).normalize('NFKC') : '';
  const shared = { node, whole: statement };
  if (node.type === 'class_definition') {
    const parts = classParts(node, decorators, text);
    return draft(label, context, { ...shared, kind: 'class', parts, baseNames: baseNamesOf(node, text) });
  }
  const kind = context.owner === null ? 'function' : 'method';
  return draft(label, context, { ...shared, kind, parts: functionParts(node, decorators, source) });
}

/** Assignments to plain names give a symbol for each; everything else is a statement. */
function plainDrafts(statement: SyntaxNode, context: Context, source: SourceForm): Draft[] {
  const { text } = source;
  const names = assignedNames(statement, text);
  const body = digest(source.of(statement));
  const parts = { ...NO_PARTS, body };
  if (names.length === 0) {
    const label = statementLabel(statement, text);
    return [draft(label, context, { kind: 'statement', node: statement, parts, binds: [] })];
  }
  const made = madeBy(statement, text);
  return names.map((name) => draft(name, context, { kind: 'variable', node: statement, parts, binds: [name], made }));
}

/** Names that a statement assigns, when it does nothing else: `a = b, (c, *d) = ...`, `x: int = 1`, `type X = ...`. */
function assignedNames(statement: SyntaxNode, text: string): string[] {
  const targets: SyntaxNode[] = [];
  let here: SyntaxNode | undefined = statement.type === 'type_alias_statement' ? statement : meaningful(statement)[0];
  while (here?.type === 'assignment' || here?.type === 'type_alias_statement') {
    const left = childByField(here, 'left');
    if (left) targets.push(left);
    here = childByField(here, 'right');
  }
  const names: string[] = [];
  for (let node = targets.pop(); node; node = targets.pop()) {
    if (node.type === 'identifier') names.push(text.slice(node.start, node.end).normalize('NFKC'));
    else if (/pattern|^type$|parenthesized/.test(node.type)) targets.push(...meaningful(node));
    else return [];
  }
  return names.reverse();
}

const LABEL_LENGTH = 60;

/** A stable name for a statement: its first line in normal layout. */
function statementLabel(statement: SyntaxNode, text: string): string {
  const body = statement.children.find((child) => child.type === 'block');
  const head = text.slice(statement.start, body ? body.start : statement.end);
  const line = head.replace(/#.*/g, '').replace(/\s+/g, ' ').trim().replace(/ ?:$/, '').replaceAll('"', "'");
  return `<statement: ${line.length > LABEL_LENGTH ? `${line.slice(0, LABEL_LENGTH)}...` : line}>`;
}

/** Completes drafts with what needs the whole file. */
export function finished(
  drafts: readonly Draft[],
  facts: Surface,
  free: FreeNames,
  source: SourceForm,
): OutlineSymbol[] {
  const lines = lineStarts(source.text);
  return drafts.map((each): OutlineSymbol => {
    const { whole, context, kind, parts, binds, imported, baseNames, made } = each;
    const span = { start: whole.start, end: whole.end };
    const line = lineIndex(lines, span.start) + 1;
    const endLine = lineIndex(lines, Math.max(span.start, span.end - 1)) + 1;
    const spans = kind === 'import' ? context.conditionSpans : [span, ...context.conditionSpans];
    return {
      qualname: each.number ? `${each.qualname}#${each.number}` : each.qualname,
      kind,
      span,
      line,
      endLine,
      lines: endLine - line + 1,
      owner: context.owner,
      binds: kind === 'statement' && context.owner === null ? boundWithin(facts, span) : binds,
      ...parts,
      condition: context.conditions.length > 0 ? digest(context.conditions) : null,
      ...shapeOf(source.of(each.node)),
      freeNames: free.within(spans),
      ownNames: kind === 'import' ? [] : free.within([span]),
      imported,
      innerImports: kind === 'import' || kind === 'class' ? [] : importsWithin(facts, span),
      baseNames,
      made,
    };
  });
}

/** Names of the module that a loop, a `with` or another compound statement binds. */
function boundWithin(facts: Surface, span: Span): string[] {
  const bindings = facts.scopes[0]?.bindings ?? [];
  return [
    ...new Set(
      bindings.filter((each) => each.span.start >= span.start && each.span.end <= span.end).map((each) => each.name),
    ),
  ];
}

function importsWithin(facts: Surface, span: Span): ImportTarget[] {
  return facts.imports
    .filter((statement) => statement.span.start >= span.start && statement.span.end <= span.end)
    .flatMap(({ kind, level, module, names }): ImportTarget[] => {
      if (kind === 'star') return [{ level, module, name: '*' }];
      if (kind === 'import') return names.map((each) => ({ level: 0, module: each.name, name: null }));
      return names.map((each) => ({ level, module, name: each.name }));
    });
}
