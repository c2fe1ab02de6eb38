/** Imports by value: `import_module(...)`, `__import__`, `runpy`, directory scans, `exec`, `sys.modules[...]`. */
import type { DynamicImport, DynamicName } from '../core/facts.js';
import { choices } from './choices.js';
import { type Constants, dynamicName, pieces } from './constants.js';
import { localValues } from './local-values.js';
import { dottedExpression } from './strings.js';
import { childByField, type SyntaxNode } from './syntax.js';
import { type Candidate, type Walk, whenOf } from './walk.js';

type Form = DynamicImport['form'];

/** Canonical callee -> form, and where the name stands: position and keyword. `null` position: no name to look at. */
export const IMPORTING_CALLS: ReadonlyMap<string, { form: Form; position: number | null; keyword: string }> = new Map([
  ['importlib.import_module', { form: 'import_module', position: 0, keyword: 'name' }],
  ['importlib.__import__', { form: '__import__', position: 0, keyword: 'name' }],
  ['__import__', { form: '__import__', position: 0, keyword: 'name' }],
  ['builtins.__import__', { form: '__import__', position: 0, keyword: 'name' }],
  ['runpy.run_module', { form: 'runpy', position: 0, keyword: 'mod_name' }],
  ['pkgutil.resolve_name', { form: 'resolve_name', position: 0, keyword: 'name' }],
  ['importlib.util.find_spec', { form: 'find_spec', position: 0, keyword: 'name' }],
  ['importlib.find_loader', { form: 'find_spec', position: 0, keyword: 'name' }],
  ['pkgutil.find_loader', { form: 'find_spec', position: 0, keyword: 'fullname' }],
  ['pkgutil.get_loader', { form: 'find_spec', position: 0, keyword: 'module_or_name' }],
  ['importlib.util.spec_from_file_location', { form: 'find_spec', position: null, keyword: 'name' }],
  ['imp.load_module', { form: 'import_module', position: 0, keyword: 'name' }],
  ['imp.load_source', { form: 'import_module', position: 0, keyword: 'name' }],
  ['imp.find_module', { form: 'find_spec', position: 0, keyword: 'name' }],
  ['pkgutil.iter_modules', { form: 'scan', position: null, keyword: '' }],
  ['pkgutil.walk_packages', { form: 'scan', position: null, keyword: '' }],
  ['exec', { form: 'exec', position: 0, keyword: 'object' }],
  ['sys.modules.get', { form: 'sys.modules', position: 0, keyword: 'key' }],
]);

/** Calls that list a directory; together with an import by an unknown name they make a plug-in scan. */
const LISTS_DIRECTORY =
  /(?:^|\.)(?:listdir|scandir|iglob|glob|rglob|iterdir|walk|iter_modules|walk_packages|contents)$/;

/** Finds imports by value. Needs the finished walk, because aliases of `importlib` may stand anywhere. */
export function dynamicImports(walk: Walk, constants: Constants): DynamicImport[] {
  const aliases = importAliases(walk);
  const found: DynamicImport[] = [];
  const listing = new Set<number>();
  for (const candidate of walk.candidates) {
    const callee = canonicalCallee(walk, candidate.node, aliases);
    if (callee && LISTS_DIRECTORY.test(callee)) listing.add(functionOf(walk, candidate.scope));
    found.push(...(callee ? fromCall(walk, candidate, callee, constants) : fromSubscript(walk, candidate, constants)));
  }
  const getattr = moduleGetattr(walk);
  if (getattr) found.push(getattr);
  return listing.size > 0 ? found.map((dynamic) => asScan(walk, dynamic, listing)) : found;
}

/**
 * A name that comes from nowhere comes from the directory where the same function lists one, or where the import is
 * relative to the file's own package and the file lists directories at all.
 */
function asScan(walk: Walk, dynamic: DynamicImport, listing: ReadonlySet<number>): DynamicImport {
  const importing = dynamic.form === 'import_module' || dynamic.form === '__import__' || dynamic.form === 'find_spec';
  const listed = listing.has(functionOf(walk, dynamic.scope)) || dynamic.anchor?.kind === 'own';
  return importing && listed && dynamic.name.kind === 'open' ? { ...dynamic, form: 'scan' } : dynamic;
}

/** The function (or class, or module) whose code a scope belongs to. */
function functionOf(walk: Walk, scope: number): number {
  let here = scope;
  while (walk.scopes[here]?.kind === 'comprehension' || walk.scopes[here]?.kind === 'lambda') {
    here = walk.scopes[here]?.parent ?? 0;
  }
  return here;
}

/** What local names mean, for absolute imports anywhere in the file: `im` -> `importlib.import_module`. */
function importAliases(walk: Walk): Map<string, string> {
  const aliases = new Map<string, string>();
  for (const statement of walk.imports) {
    if (statement.level > 0) continue;
    for (const { name, alias } of statement.names) {
      if (statement.kind === 'from') aliases.set(alias ?? name, `${statement.module}.${name}`);
      else if (alias) aliases.set(alias, name);
    }
  }
  return aliases;
}

function canonicalCallee(walk: Walk, node: SyntaxNode, aliases: ReadonlyMap<string, string>): string | null {
  const callee = node.type === 'call' ? childByField(node, 'function') : undefined;
  if (!callee) return null;
  const attribute = childByField(callee, 'attribute');
  const dotted = dottedExpression(walk, callee) ?? (attribute ? `?.${walk.textOf(attribute)}` : null);
  return dotted ? canonicalName(dotted, aliases) : null;
}

/** A dotted callee with its alias replaced; whatever is called `import_module` is taken for it. */
export function canonicalName(dotted: string, aliases: ReadonlyMap<string, string>): string {
  const [first, ...rest] = dotted.split('.') as [string, ...string[]];
  const canonical = [aliases.get(first) ?? first, ...rest].join('.');
  return /(?:^|\.)import_module$/.test(canonical) ? 'importlib.import_module' : canonical;
}

/** One for each thing that a local name may have been bound to. */
function fromCall(walk: Walk, candidate: Candidate, callee: string, constants: Constants): DynamicImport[] {
  const rule = IMPORTING_CALLS.get(callee);
  if (!rule) return [];
  const args = argumentsOf(walk, candidate.node);
  const node = rule.position === null ? undefined : (args.keywords.get(rule.keyword) ?? args.positional[rule.position]);
  const names = node ? namesOf(walk, node, constants) : [{ kind: 'open' } as const];
  const anchor = rule.form === 'import_module' ? (args.keywords.get('package') ?? args.positional[1]) : undefined;
  const about = { ...at(walk, candidate), form: rule.form, anchor: anchor ? anchorOf(walk, anchor, constants) : null };
  const isIdle = (name: DynamicName) =>
    rule.form === 'exec' && name.kind === 'literal' && !/\bimport\b/.test(name.value);
  return names.filter((name) => !isIdle(name)).map((name) => ({ ...about, name }));
}

function namesOf(walk: Walk, node: SyntaxNode, constants: Constants): DynamicName[] {
  const values = localValues(walk, node);
  if (!values || constants.has(walk.textOf(node))) return [nameOf(walk, node, constants)];
  const names = values.map((value) => {
    const name = nameOf(walk, value, constants);
    // The text stands elsewhere, and is judged there.
    return name.kind === 'literal' ? { ...name, span: null } : name;
  });
  return [...new Map(names.map((name) => [JSON.stringify(name), name])).values()];
}

function nameOf(walk: Walk, node: SyntaxNode, constants: Constants): DynamicName {
  const name = dynamicName(pieces(walk, node, constants), node);
  const values = name.kind === 'literal' ? null : choices(walk, node, constants);
  return values ? { kind: 'choices', values } : name;
}

function anchorOf(walk: Walk, node: SyntaxNode, constants: Constants): NonNullable<DynamicImport['anchor']> {
  const name = dynamicName(pieces(walk, node, constants), node);
  if (name.kind !== 'literal') return { kind: 'open' };
  return /^\{__(name|package)__\}$/.test(name.value) ? { kind: 'own' } : { kind: 'literal', value: name.value };
}

/** `sys.modules[name]`; the module's own entry is no reference to another, and writing a computed one asks for no module. */
function fromSubscript(walk: Walk, candidate: Candidate, constants: Constants): DynamicImport[] {
  if (candidate.node.type !== 'subscript') return [];
  const value = childByField(candidate.node, 'value');
  const key = childByField(candidate.node, 'subscript');
  if (!value || !key || !isModuleTable(walk, value)) return [];
  const isWritten = candidate.node.field === 'left' && candidate.node.parent?.type === 'assignment';
  const names = namesOf(walk, key, constants).filter((name) =>
    name.kind === 'literal' ? !name.value.startsWith('{__') : !isWritten,
  );
  return names.map((name) => ({ ...at(walk, candidate), form: 'sys.modules', name, anchor: null }));
}

/** `sys.modules`, or `modules` where the file takes that from `sys`. */
function isModuleTable(walk: Walk, node: SyntaxNode): boolean {
  const text = walk.textOf(node);
  if (text === 'sys.modules') return true;
  const isTaken = walk.imports.some(({ module, names }) => module === 'sys' && names.some(({ name }) => name === text));
  return text === 'modules' && isTaken;
}

/** PEP 562: a module-level `__getattr__` answers for names that nothing else binds. */
function moduleGetattr(walk: Walk): DynamicImport | null {
  const binding = walk.scopes[0]?.bindings.find((b) => b.name === '__getattr__' && b.kind === 'function');
  if (!binding) return null;
  return {
    form: 'module-getattr',
    span: binding.span,
    line: walk.lineOf(binding.span.start),
    scope: 0,
    when: 'lazy',
    name: { kind: 'open' },
    anchor: null,
  };
}

function at(walk: Walk, { node, scope, flags }: Candidate): Pick<DynamicImport, 'span' | 'line' | 'scope' | 'when'> {
  return { span: { start: node.start, end: node.end }, line: walk.lineOf(node.start), scope, when: whenOf(flags) };
}

function argumentsOf(walk: Walk, call: SyntaxNode): { positional: SyntaxNode[]; keywords: Map<string, SyntaxNode> } {
  const positional: SyntaxNode[] = [];
  const keywords = new Map<string, SyntaxNode>();
  for (const child of childByField(call, 'arguments')?.children ?? []) {
    if (!child.named || child.type === 'comment') continue;
    const name = childByField(child, 'name');
    const value = childByField(child, 'value');
    if (child.type === 'keyword_argument' && name && value) keywords.set(walk.textOf(name), value);
    else positional.push(child);
  }
  return { positional, keywords };
}
