/** `api.py`: one Python text with queries, edits by span, and helpers for its imports. */
import type { ImportStatement } from '../core/facts.js';
import type { Linker } from '../core/linker.js';
import type { Span } from '../core/model.js';
import { bindsAnywhere } from '../core/scopes.js';
import { extractFacts } from '../python/facts.js';
import type { Parser } from '../python/parser.js';
import { absoluteName } from './names.js';
import { ImportEdits } from './python-imports.js';
import { PythonTree } from './python-node.js';
import { redirected } from './python-redirect.js';
import { referencesIn } from './python-references.js';
import { renamed } from './python-rename.js';
import { removal } from './python-statements.js';
import { SpanEdits } from './span-edits.js';
import type { PythonImport, PythonNode, PythonSource, TransformFile } from './types.js';

/** @param path of the file that the text is of, or `null` for a text by itself */
export function pythonSource(parser: Parser, linker: Linker, given: TransformFile | string): PythonSource {
  const [source, path] = typeof given === 'string' ? [given, null] : [given.source, given.path];
  const syntax = parser.parse(source);
  const facts = extractFacts(source, syntax);
  const tree = new PythonTree(source, syntax);
  const edits = new SpanEdits(source);
  const imports = new ImportEdits(tree, facts, edits);
  const { layout } = linker.codebase;
  const told = facts.imports.map((each) => importOf(each, absoluteName(layout, path, each.level, each.module)));
  const references = (dotted: string) => referencesIn({ linker, path, facts, tree }, dotted);
  const text = (span: Span) => source.slice(span.start, span.end);
  return {
    source,
    root: tree.root,
    hasErrors: facts.syntaxErrors.length > 0,
    find: (type, predicate) => tree.root.find(type, predicate),
    closest: (node: PythonNode, type) => node.closest(type),
    nodeAt: (span) => tree.nodeAt(span),
    text,
    replace: (span, by) => edits.add(span, by),
    insertBefore: ({ start }, what) => edits.add({ start, end: start }, what),
    insertAfter: ({ end }, what) => edits.add({ start: end, end }, what),
    remove: (span) => edits.add(span, ''),
    removeStatement: (node) => {
      const { text: by, ...span } = removal(tree, node);
      edits.add(span, by);
    },
    imports: () => told,
    addImport: (request) => imports.add(request),
    removeImport: (request) => imports.remove(request),
    redirectImport: (from, to, options) =>
      redirected({ layout, path, tree, facts, edits, imports }, from, to, options?.names ?? null),
    references,
    rename: (dotted, name) => renamed({ tree, edits, isTaken: bindsAnywhere(facts, name) }, references(dotted), name),
    strings: () =>
      facts.strings.map(({ span, line, role, callee }) => ({ ...span, value: text(span), line, role, callee })),
    binds: (name) => bindsAnywhere(facts, name),
    toSource: () => {
      imports.settle();
      return edits.applied();
    },
  };
}

function importOf(
  { kind, span, line, when, scope, names, moduleSpan, ...each }: ImportStatement,
  absolute: string | null,
): PythonImport {
  const first = names[0]?.name ?? '';
  return {
    ...span,
    kind,
    line,
    module: kind === 'import' ? first : '.'.repeat(each.level) + each.module,
    absolute: kind === 'import' ? first : absolute,
    moduleSpan,
    names: names.map(({ name, alias }) => ({ name, alias })),
    when,
    isTopLevel: scope === 0,
  };
}
