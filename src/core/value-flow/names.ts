/** What names and chains of attributes mean in one file: a variable of some scope, a module, something in one. */
import type { PythonUnit } from '../codebase.js';
import type { Binding } from '../facts.js';
import type { Linker, Value } from '../linker.js';
import type { Block, Expression, Target } from '../program.js';
import type { Draft } from './draft.js';
import { type Frame, homeOf } from './frames.js';
import { type Node, namesItself } from './model.js';

export class Names {
  private readonly top = new Map<string, Binding[]>();
  private readonly inner = new Map<string, Binding[]>();

  constructor(
    private readonly linker: Linker,
    private readonly unit: PythonUnit,
    private readonly draft: Draft,
  ) {}

  variable(name: string, frame: Frame): Node {
    const home = homeOf(name, frame);
    if (home && home.kind !== 'module') return this.draft.owned(`${home.id}:${name}`, home);
    if (home) return moduleVariable(this.unit.path, name);
    if (namesItself(name) || name === '__path__') return this.ownName(name);
    const value = this.linker.lookup(this.unit.path, name);
    return value.kind === 'missing' || value.kind === 'unknown' ? `!${name}` : nodeOf(value);
  }

  /** What the interpreter writes into every module. */
  private ownName(name: string): Node {
    const node = moduleVariable(this.unit.path, name);
    this.draft.selfNames.set(node, this.unit.path);
    return node;
  }

  /** What an import statement binds, name by name. */
  imported(index: number): { readonly name: string; readonly nodes: readonly Node[] }[] {
    const { path, facts } = this.unit;
    const statement = facts.imports[index];
    if (!statement || statement.kind === 'star') return [];
    return statement.names.map(({ name, alias }, position) => ({
      name: alias ?? (statement.kind === 'import' ? (name.split('.')[0] as string) : name),
      nodes: this.linker.importedAlternatives(path, statement, position).map(nodeOf),
    }));
  }

  /** What a chain that starts at an import certainly means; `null` for any other. */
  meaning(expression: Expression | null, frame: Frame): Value | null {
    const chain: string[] = [];
    let here = expression;
    while (here?.kind === 'attribute') {
      chain.unshift(here.name);
      here = here.of;
    }
    const start = here?.kind === 'name' ? this.importedAs(here.name, frame) : null;
    if (!start) return null;
    const { value, used } = this.linker.follow(start, chain);
    if (value.kind === 'external') return { ...value, dotted: [value.dotted, ...chain.slice(used)].join('.') };
    return used < chain.length || value.kind === 'unknown' || value.kind === 'missing' ? null : value;
  }

  /** The module, or the thing from outside, that imports and nothing else bind to a name. */
  private importedAs(name: string, frame: Frame): Value | null {
    const { facts, path } = this.unit;
    const home = homeOf(name, frame);
    if (!home) return null;
    const bindings = this.bindings(home.kind === 'module').get(name) ?? [];
    const [first] = bindings;
    if (!first?.imported || !bindings.every(({ imported }) => imported)) return null;
    const statement = facts.imports[first.imported.statement];
    const value = statement ? this.linker.imported(path, statement, first.imported.name) : null;
    return value?.kind === 'module' || value?.kind === 'external' ? value : null;
  }

  /** By name, what the module's own scope binds, or all others together. */
  private bindings(isTop: boolean): ReadonlyMap<string, readonly Binding[]> {
    const known = isTop ? this.top : this.inner;
    if (known.size > 0) return known;
    const { scopes } = this.unit.facts;
    for (const binding of (isTop ? scopes.slice(0, 1) : scopes.slice(1)).flatMap((scope) => scope.bindings)) {
      const own = known.get(binding.name);
      if (own) own.push(binding);
      else known.set(binding.name, [binding]);
    }
    return known;
  }

  /** Names that statements of a class body bind, in whatever branch. */
  boundIn(block: Block): string[] {
    const inner = (each: Block) => this.boundIn(each);
    return block.flatMap((step): string[] => {
      switch (step.kind) {
        case 'import':
          return this.imported(step.statement).map(({ name }) => name);
        case 'assign':
          return namesOf(step.targets);
        case 'function':
        case 'class':
          return [step.code.name];
        case 'if':
          return [...inner(step.yes), ...inner(step.no)];
        case 'loop':
          return [...namesOf(step.targets), ...inner(step.body), ...inner(step.otherwise)];
        case 'with':
          return [...step.items.flatMap(({ targets }) => namesOf(targets)), ...inner(step.body)];
        case 'try':
          return [step.body, ...step.handlers.map(({ body }) => body), step.otherwise, step.last].flatMap(inner);
        default:
          return [];
      }
    });
  }
}

export function moduleVariable(path: string, name: string): Node {
  return `${path}#:${name}`;
}

export const moduleNode = (path: string): Node => `${path}#`;

export function nodeOf(value: Value): Node {
  switch (value.kind) {
    case 'module':
      return moduleNode(value.found.path);
    case 'object':
      return moduleVariable(value.path, value.name);
    case 'external':
      return `!${value.dotted}`;
    default:
      return '!';
  }
}

function namesOf(targets: readonly Target[]): string[] {
  return targets.flatMap((target) => (target.kind === 'name' ? target.name : []));
}

/** The method's own object, or that as its base classes see it. */
export function isSelf(expression: Expression | null, frame: Frame): boolean {
  if (expression?.kind === 'call') return expression.callee?.kind === 'name' && expression.callee.name === 'super';
  if (expression?.kind !== 'name') return false;
  const home = homeOf(expression.name, frame);
  return home !== null && home.self === expression.name;
}
