/**
 * Names in a file that surely mean one thing: an object or a module of the repository, something from outside of it, or a
 * built-in. By scopes, and by what imports lead to; where bindings disagree nothing is sure.
 */
import type { Binding, Facts, ImportStatement, NameUse } from '../core/facts.js';
import { BUILTINS } from '../core/import-order/known-names.js';
import type { Linker, Value } from '../core/linker.js';
import { bindingsOf } from '../core/scopes.js';
import type { PythonTree } from './python-node.js';
import type { PythonReference } from './types.js';

interface Target {
  readonly path: string;
  readonly name: string;
}

interface Context {
  readonly linker: Linker;
  /** Of the file in the repository. */
  readonly path: string | null;
  readonly facts: Facts;
  readonly tree: PythonTree;
}

/** What is known before any module has been looked into. */
const BUILT_IN = 'builtins.';

export function referencesIn(context: Context, dotted: string): readonly PythonReference[] {
  const { tree, linker, path } = context;
  const target = targetOf(linker, path, dotted);
  if (target.kind === 'missing' || target.kind === 'unknown') return [];
  const file = new FileReferences(context, target, nameOf(target) ?? (dotted.split('.').at(-1) as string));
  const bySpan = new Map(file.all().map((each) => [each.start, each]));
  return [...bySpan.values()]
    .sort((a, b) => a.start - b.start)
    .map((each) => ({ ...each, text: tree.source.slice(each.start, each.end), line: tree.place(each.start).line }));
}

/** What a dotted name stands for. In a text by itself names stand for themselves. */
function targetOf(linker: Linker, path: string | null, dotted: string): Value {
  if (path === null || dotted.startsWith(BUILT_IN)) return { kind: 'external', dotted };
  const whole = linker.module(path, 0, dotted);
  if (whole.found) return { kind: 'module', found: whole.found };
  const dot = dotted.lastIndexOf('.');
  const { found } = dot === -1 ? whole : linker.module(path, 0, dotted.slice(0, dot));
  if (found) return linker.member(found, dotted.slice(dot + 1));
  return whole.internal ? { kind: 'missing' } : { kind: 'external', dotted };
}

/** Where `module.name` is defined in the end; `null` where that is a module or unknown. */
export function objectOf(linker: Linker, from: string, dotted: string): Target | null {
  const value = targetOf(linker, from, dotted);
  return value.kind === 'object' ? { path: value.path, name: value.name } : null;
}

type Bare = Omit<PythonReference, 'text' | 'line'>;

class FileReferences {
  /** @param name what it is called where it is at home */
  constructor(
    private readonly context: Context,
    private readonly target: Value,
    private readonly name: string,
  ) {}

  all(): Bare[] {
    return [...this.imports(), ...this.definitions(), ...this.uses(), ...this.exports(), ...this.globals()];
  }

  private imports(): Bare[] {
    return this.context.facts.imports.flatMap((statement, index) =>
      statement.names.flatMap(({ name, nameSpan, alias }, position): Bare[] => {
        const isPlain = statement.kind === 'import';
        if (!this.isTarget(isPlain ? this.module(name) : this.imported(statement, position))) return [];
        // Spelled otherwise, the module in between has another name for it.
        if (!isPlain && this.target.kind === 'object' && name !== this.name) return [];
        const own = alias ?? (isPlain ? null : this.ownName(index, position, name));
        return [{ ...nameSpan, whole: nameSpan, kind: 'import', alias: own }];
      }),
    );
  }

  /** A name that something else gives as well has to stay: it is as if the import gave it under this name. */
  private ownName(statement: number, position: number, name: string): string | null {
    const scope = this.context.facts.scopes.find(({ bindings }) =>
      bindings.some(({ imported }) => imported?.statement === statement && imported.name === position),
    );
    const all = scope?.bindings.filter((binding) => binding.name === name) ?? [];
    return all.every((binding) => this.meansTarget(binding) && this.isSpelled(binding)) ? null : name;
  }

  /** Under its own name, which would change with it. */
  private isSpelled({ name, imported }: Binding): boolean {
    const statement = imported && this.context.facts.imports[imported.statement];
    const written = statement?.names[imported?.name ?? 0];
    return name === this.name && (written?.alias ?? null) === null;
  }

  private definitions(): Bare[] {
    if (!this.isHome()) return [];
    const own = this.context.facts.scopes[0]?.bindings ?? [];
    return own
      .filter(({ name, imported }) => name === this.name && !imported)
      .map(({ span }) => ({ ...span, whole: span, kind: 'definition', alias: null }));
  }

  private uses(): Bare[] {
    const { facts } = this.context;
    return facts.uses.flatMap((use): Bare[] => {
      const { scope, bindings } = bindingsOf(facts, use.scope, use.name);
      if (this.isUse(scope, bindings, use)) {
        const isOwnName = use.name === this.name && bindings.every((binding) => this.isSpelled(binding));
        return [{ ...use.span, whole: use.span, kind: 'use', alias: isOwnName ? null : use.name }];
      }
      const found = this.attributeOf(bindings, use);
      return found ? [found] : [];
    });
  }

  private isUse(scope: number, bindings: readonly Binding[], { name }: NameUse): boolean {
    if (scope === -1) return this.isTarget(this.loose(name));
    return bindings.every((binding) => this.meansTarget(binding) || (scope === 0 && this.isOwn(binding)));
  }

  /** What no scope binds: a star import, or Python itself. */
  private loose(name: string): Value {
    const { linker, path } = this.context;
    const value: Value = path === null ? { kind: 'missing' } : linker.lookup(path, name);
    return value.kind === 'missing' && BUILTINS.has(name) ? { kind: 'external', dotted: BUILT_IN + name } : value;
  }

  private isOwn({ name, imported }: Binding): boolean {
    return !imported && name === this.name && this.isHome();
  }

  private isHome(): boolean {
    return this.target.kind === 'object' && this.context.path === this.target.path;
  }

  private meansTarget(binding: Binding): boolean {
    return this.isTarget(this.bound(binding));
  }

  private bound({ imported }: Binding): Value {
    const statement = imported ? this.context.facts.imports[imported.statement] : undefined;
    return imported && statement ? this.imported(statement, imported.name) : { kind: 'missing' };
  }

  /** `module.name`, however many packages stand before it. */
  private attributeOf(bindings: readonly Binding[], { span: first, attributes }: NameUse): Bare | null {
    const [start, ...others] = bindings.map((binding) => this.bound(binding));
    if (!start || others.some((other) => JSON.stringify(other) !== JSON.stringify(start))) return null;
    let value = start;
    for (const { name, span } of attributes) {
      value = this.member(value, name);
      if (!this.isTarget(value)) continue;
      const whole = { start: first.start, end: span.end };
      return name === this.name ? { ...span, whole, kind: 'attribute', alias: null } : null;
    }
    return null;
  }

  private member(value: Value, name: string): Value {
    if (value.kind === 'module') return this.context.linker.member(value.found, name);
    return value.kind === 'external' ? { ...value, dotted: `${value.dotted}.${name}` } : { kind: 'missing' };
  }

  private module(dotted: string): Value {
    const { linker, path } = this.context;
    const { found, internal } = path === null ? { found: null, internal: false } : linker.module(path, 0, dotted);
    if (found) return { kind: 'module', found };
    return internal ? { kind: 'missing' } : { kind: 'external', dotted };
  }

  private imported(statement: ImportStatement, position: number): Value {
    const { linker, path } = this.context;
    if (path !== null) return linker.imported(path, statement, position);
    const { name = '', alias = null } = statement.names[position] ?? {};
    if (statement.level > 0) return { kind: 'unknown' };
    if (statement.kind === 'from') return { kind: 'external', dotted: `${statement.module}.${name}` };
    return { kind: 'external', dotted: alias === null ? (name.split('.')[0] as string) : name };
  }

  private exports(): Bare[] {
    const { facts, linker, path } = this.context;
    if (path === null) return [];
    return (facts.exports?.names ?? [])
      .filter(({ name }) => name === this.name && this.isTarget(linker.lookup(path, name)))
      .map(({ span }) => ({ ...span, whole: span, kind: 'export', alias: null }));
  }

  /** `global name` in the file itself. */
  private globals(): Bare[] {
    const statements = this.isHome() ? this.context.tree.root.find('global_statement') : [];
    return statements
      .flatMap(({ children }) => children.filter(({ named, text }) => named && text === this.name))
      .map(({ start, end }) => ({ start, end, whole: { start, end }, kind: 'use', alias: null }));
  }

  private isTarget(value: Value): boolean {
    const { target } = this;
    if (value.kind === 'object' && target.kind === 'object')
      return value.path === target.path && value.name === target.name;
    if (value.kind === 'module' && target.kind === 'module') return value.found.path === target.found.path;
    return value.kind === 'external' && target.kind === 'external' && value.dotted === target.dotted;
  }
}

function nameOf(target: Value): string | null {
  if (target.kind === 'object') return target.name;
  return target.kind === 'external' ? (target.dotted.split('.').at(-1) as string) : null;
}
