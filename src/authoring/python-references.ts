/** Names in a file that surely mean one object of a module, by scopes and by what imports lead to. */
import type { Binding, Facts, ImportStatement, NameUse } from '../core/facts.js';
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

/** Only names that are spelled like the object itself. */
export function referencesIn({ linker, path, facts, tree }: Context, dotted: string): readonly PythonReference[] {
  const target = path === null ? null : objectOf(linker, path, dotted);
  if (path === null || target === null) return [];
  const file = new FileReferences(linker, path, facts, target);
  const bySpan = new Map(
    [...file.imports(), ...file.definitions(), ...file.uses(), ...file.exports(), ...globals(tree, path, target)].map(
      (each) => [each.start, each],
    ),
  );
  return [...bySpan.values()]
    .sort((a, b) => a.start - b.start)
    .map((each) => ({ ...each, text: tree.source.slice(each.start, each.end), line: tree.place(each.start).line }));
}

/** Where `module.name` is defined in the end; `null` where that is a module or unknown. */
export function objectOf(linker: Linker, from: string, dotted: string): Target | null {
  const dot = dotted.lastIndexOf('.');
  if (dot === -1) return null;
  const { found } = linker.module(from, 0, dotted.slice(0, dot));
  if (!found || found.kind === 'namespace') return null;
  const value = linker.lookup(found.path, dotted.slice(dot + 1));
  return value.kind === 'object' ? { path: value.path, name: value.name } : null;
}

type Bare = Omit<PythonReference, 'text' | 'line'>;

/** `global name` in the file itself. */
function globals(tree: PythonTree, path: string, target: Target): Bare[] {
  const statements = path === target.path ? tree.root.find('global_statement') : [];
  return statements
    .flatMap(({ children }) => children.filter(({ named, text }) => named && text === target.name))
    .map(({ start, end }) => ({ start, end, kind: 'use' as const, alias: null }));
}

class FileReferences {
  constructor(
    private readonly linker: Linker,
    private readonly path: string,
    private readonly facts: Facts,
    private readonly target: Target,
  ) {}

  imports(): Bare[] {
    return this.facts.imports.flatMap((statement, index) =>
      statement.kind !== 'from'
        ? []
        : statement.names.flatMap(({ name, nameSpan, alias }, position) => {
            if (name !== this.target.name || !this.isTarget(this.linker.imported(this.path, statement, position)))
              return [];
            return [{ ...nameSpan, kind: 'import' as const, alias: alias ?? this.ownName(index, position, name) }];
          }),
    );
  }

  /** A name that something else gives as well has to stay: it is as if the import gave it under this name. */
  private ownName(statement: number, position: number, name: string): string | null {
    const scope = this.facts.scopes.find(({ bindings }) =>
      bindings.some(({ imported }) => imported?.statement === statement && imported.name === position),
    );
    const all = scope?.bindings.filter((binding) => binding.name === name) ?? [];
    return all.every((binding) => this.meansTarget(binding)) ? null : name;
  }

  definitions(): Bare[] {
    if (this.path !== this.target.path) return [];
    const own = this.facts.scopes[0]?.bindings ?? [];
    return own
      .filter(({ name, imported }) => name === this.target.name && !imported)
      .map(({ span }) => ({ ...span, kind: 'definition' as const, alias: null }));
  }

  uses(): Bare[] {
    return this.facts.uses.flatMap((use): Bare[] => {
      const { scope, bindings } = bindingsOf(this.facts, use.scope, use.name);
      if (use.name === this.target.name && this.isUse(scope, bindings, use))
        return [{ ...use.span, kind: 'use', alias: null }];
      const attribute = this.attributeOf(bindings, use);
      return attribute ? [{ ...attribute, kind: 'attribute', alias: null }] : [];
    });
  }

  private isUse(scope: number, bindings: readonly Binding[], { name }: NameUse): boolean {
    if (scope === -1) return this.isTarget(this.linker.lookup(this.path, name));
    return bindings.every((binding) => this.meansTarget(binding) || (scope === 0 && this.isOwn(binding)));
  }

  private isOwn({ imported }: Binding): boolean {
    return !imported && this.path === this.target.path;
  }

  private meansTarget({ name, imported }: Binding): boolean {
    const statement = imported ? this.facts.imports[imported.statement] : undefined;
    if (!imported || !statement) return false;
    const written = statement.names[imported.name];
    const isSpelled = written?.name === name && written.alias === null;
    return isSpelled && this.isTarget(this.linker.imported(this.path, statement, imported.name));
  }

  /** `module.name`, however many packages stand before it. */
  private attributeOf(bindings: readonly Binding[], { attributes }: NameUse) {
    const [binding] = bindings;
    if (!binding?.imported || bindings.some(({ imported }) => !imported)) return null;
    const statement = this.facts.imports[binding.imported.statement] as ImportStatement;
    let value = this.linker.imported(this.path, statement, binding.imported.name);
    for (const { name, span } of attributes) {
      if (value.kind !== 'module') return null;
      value = this.linker.member(value.found, name);
      if (this.isTarget(value)) return name === this.target.name ? span : null;
    }
    return null;
  }

  exports(): Bare[] {
    return (this.facts.exports?.names ?? [])
      .filter(({ name }) => name === this.target.name && this.isTarget(this.linker.lookup(this.path, name)))
      .map(({ span }) => ({ ...span, kind: 'export' as const, alias: null }));
  }

  private isTarget(value: Value): boolean {
    return value.kind === 'object' && value.path === this.target.path && value.name === this.target.name;
  }
}
