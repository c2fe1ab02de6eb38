/** Imports that a transform adds and removes: names join lists in their style, statements stand where they belong. */
import type { Facts, ImportedName, ImportStatement } from '../core/facts.js';
import type { Span } from '../core/model.js';
import { isIdentifier } from '../core/paths.js';
import { placed } from './import-places.js';
import { splitDots } from './names.js';
import type { PythonTree } from './python-node.js';
import { indentOf, newlineOf, removal } from './python-statements.js';
import type { SpanEdits } from './span-edits.js';
import type { ImportRequest } from './types.js';

interface Name {
  readonly name: string;
  readonly alias: string | null;
}

export class ImportEdits {
  /** Names that join a statement, by its index. */
  private readonly joining = new Map<number, Name[]>();
  /** Names that were taken from a statement. */
  private readonly gone = new Map<number, Set<number>>();
  private readonly modules = new Set<string>();
  private readonly lists = new Map<string, Name[]>();

  constructor(
    private readonly tree: PythonTree,
    private readonly facts: Facts,
    private readonly edits: SpanEdits,
  ) {}

  add({ module, names, alias }: ImportRequest): boolean {
    demandModule(module);
    if (names === undefined) return this.addModule(module, alias ?? null);
    const wanted = names.map(nameOf).filter((name) => !this.has(module, name));
    if (wanted.length === 0) return false;
    const host = this.facts.imports.findIndex(
      (each, index) => isHost(each, module) && (this.gone.get(index)?.size ?? 0) < each.names.length,
    );
    if (host === -1) this.lists.set(module, [...(this.lists.get(module) ?? []), ...wanted]);
    else this.joining.set(host, [...(this.joining.get(host) ?? []), ...wanted]);
    return true;
  }

  private addModule(module: string, alias: string | null): boolean {
    if (module.startsWith('.')) throw new Error(`'import ${module}' is no Python: give the names`);
    const isThere = this.facts.imports.some(
      (each, index) =>
        each.kind === 'import' &&
        isAtTop(each) &&
        this.left(each, index).some((name) => same(name, { name: module, alias })),
    );
    const text = `import ${module}${alias === null ? '' : ` as ${alias}`}`;
    if (isThere || this.modules.has(text)) return false;
    this.modules.add(text);
    return true;
  }

  private has(module: string, wanted: Name): boolean {
    const isSame = (name: Name) => same(name, wanted);
    const isThere = this.facts.imports.some(
      (each, index) =>
        isHost(each, module) && (this.left(each, index).some(isSame) || this.joining.get(index)?.some(isSame)),
    );
    return isThere || this.lists.get(module)?.some(isSame) === true;
  }

  private left({ names }: ImportStatement, index: number): readonly ImportedName[] {
    return names.filter((_, position) => !this.gone.get(index)?.has(position));
  }

  remove({ module, names }: Pick<ImportRequest, 'module' | 'names'>): number {
    const wanted = names?.map((each) => ({ ...nameOf(each), isAnyAlias: typeof each === 'string' }));
    const isWanted = (name: Name) =>
      wanted === undefined ||
      wanted.some((each) => each.name === name.name && (each.isAnyAlias || each.alias === name.alias));
    let count = 0;
    for (const [index, each] of this.facts.imports.entries()) {
      if (each.kind === 'import' ? wanted !== undefined : written(each) !== module) continue;
      if (each.kind === 'star' && wanted === undefined) count += this.removeNames(index, []);
      const fits = (name: Name) => (each.kind === 'import' ? name.name === module : isWanted(name));
      const found = each.names.flatMap((name, position) => (fits(name) ? [position] : []));
      if (found.length > 0) count += this.removeNames(index, found);
    }
    return count;
  }

  /** Takes names out of a statement, and the statement itself with the last of them. */
  removeNames(index: number, positions: readonly number[]): number {
    const statement = this.facts.imports[index] as ImportStatement;
    const gone = this.gone.get(index) ?? new Set();
    const fresh = positions.filter((position) => !gone.has(position));
    if (fresh.length === 0 && statement.names.length > 0) return 0;
    if (gone.size > 0) throw new Error(`line ${statement.line}: names of one import are removed in one call`);
    this.gone.set(index, new Set(positions));
    if (positions.length === statement.names.length) {
      const { text, ...span } = removal(this.tree, statement.span);
      this.edits.add(span, text);
    } else for (const span of runsOf(this.tree, statement, new Set(positions))) this.edits.add(span, '');
    return Math.max(1, positions.length);
  }

  /** Turns what was asked for into edits. */
  settle(): void {
    for (const [index, names] of this.joining) this.join(this.facts.imports[index] as ImportStatement, names);
    const lists = [...this.lists].map(([module, names]) => {
      const sorted = [...names].sort(byKind).map(nameText).join(', ');
      return { text: `from ${module} import ${sorted}`, module, isFrom: true };
    });
    const modules = [...this.modules].map((text) => ({ text, module: text.split(' ')[1] as string, isFrom: false }));
    const newline = newlineOf(this.tree.source);
    for (const { offset, text } of placed(this.tree, this.facts.imports, [...modules, ...lists], newline))
      this.edits.add({ start: offset, end: offset }, text);
    this.joining.clear();
    this.lists.clear();
    this.modules.clear();
  }

  /** Into the sorted place of a sorted list, else to its end. */
  private join(statement: ImportStatement, added: readonly Name[]): void {
    const { names } = statement;
    const order = [byKind, byLetter, byName].find((compare) =>
      names.every((name, index) => index === 0 || compare(names[index - 1] as Name, name) <= 0),
    );
    const separator = this.separator(statement);
    for (const name of [...added].sort(order ?? byKind)) {
      const next = order && names.find((each) => order(each, name) > 0);
      const last = names.at(-1) as ImportedName;
      if (next) this.edits.add(at(next.nameSpan.start), `${nameText(name)}${separator}`);
      else this.edits.add(at(spanOf(last).end), `${separator}${nameText(name)}`);
    }
  }

  /** A list of one name per line goes on so. */
  private separator({ names, line }: ImportStatement): string {
    const isOnePerLine = names.every(
      (name, index) => name.line > (index === 0 ? line : (names[index - 1] as ImportedName).line),
    );
    if (!isOnePerLine) return ', ';
    return `,${newlineOf(this.tree.source)}${indentOf(this.tree, (names[0] as ImportedName).nameSpan.start)}`;
  }
}

const at = (offset: number): Span => ({ start: offset, end: offset });

function demandModule(module: string): void {
  const { level, name } = splitDots(module);
  if ((name !== '' && !name.split('.').every(isIdentifier)) || (name === '' && level === 0))
    throw new Error(`'${module}' is no name of a module`);
}

function nameOf(given: string | { readonly name: string; readonly alias?: string }): Name {
  const { name, alias = null } = typeof given === 'string' ? { name: given } : given;
  if (!isIdentifier(name) || (alias !== null && !isIdentifier(alias))) throw new Error(`'${name}' cannot be imported`);
  return { name, alias };
}

const nameText = ({ name, alias }: Name) => (alias === null ? name : `${name} as ${alias}`);
const same = (a: Name, b: Name) => a.name === b.name && a.alias === b.alias;
const byName = (a: Name, b: Name) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
const lower = ({ name, alias }: Name): Name => ({ name: name.toLowerCase(), alias });
const byLetter = (a: Name, b: Name) => byName(lower(a), lower(b)) || byName(a, b);
/** Constants, classes, the rest: what isort and ruff do unless told otherwise. */
const byKind = (a: Name, b: Name) => kindOf(a) - kindOf(b) || byLetter(a, b);

function kindOf({ name }: Name): number {
  if (name.length > 1 && name === name.toUpperCase() && name !== name.toLowerCase()) return 0;
  return /^\p{Lu}/u.test(name) ? 1 : 2;
}
const written = ({ level, module }: ImportStatement) => '.'.repeat(level) + module;
const isAtTop = ({ scope, when }: ImportStatement) => scope === 0 && when === 'runtime';
const isHost = (each: ImportStatement, module: string) =>
  each.kind === 'from' && isAtTop(each) && written(each) === module;

export function spanOf({ nameSpan, aliasSpan }: ImportedName): Span {
  return { start: nameSpan.start, end: (aliasSpan ?? nameSpan).end };
}

/** What goes with neighbouring names: their commas, and their lines where they have some of their own. */
function runsOf(tree: PythonTree, { names }: ImportStatement, gone: ReadonlySet<number>): Span[] {
  const spans: Span[] = [];
  for (let first = 0; first < names.length; first++) {
    if (!gone.has(first)) continue;
    let last = first;
    while (gone.has(last + 1)) last++;
    spans.push(runSpan(tree, names, first, last));
    first = last;
  }
  return spans;
}

function runSpan(tree: PythonTree, names: readonly ImportedName[], first: number, last: number): Span {
  const [start, end] = [spanOf(names[first] as ImportedName).start, spanOf(names[last] as ImportedName).end];
  const lines = wholeLines(tree, start, end);
  if (lines) return lines;
  const next = names[last + 1];
  if (next) return { start, end: next.nameSpan.start };
  return { start: spanOf(names[first - 1] as ImportedName).end, end };
}

/** Only inside of brackets may a line end where a name did. */
function wholeLines(tree: PythonTree, start: number, end: number): Span | null {
  const from = tree.lineStart(tree.place(start).line);
  const to = tree.lineStart(tree.place(end).line + 1);
  const { source } = tree;
  const isAlone = /^[ \t]*$/.test(source.slice(from, start)) && /^,[ \t]*(#[^\n]*)?\r?\n$/.test(source.slice(end, to));
  return isAlone ? { start: from, end: to } : null;
}
