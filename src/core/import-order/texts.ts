/** What files say that is the same in every simulation of one state of the repository. */
import type { PythonUnit } from '../codebase.js';
import type { DynamicImport } from '../facts.js';
import type { Found } from '../layout.js';
import type { Linker } from '../linker.js';
import { baseOf, directoryOf, isPackageInit } from '../paths.js';
import type { ModuleText } from './values.js';

export class Texts {
  private readonly known = new Map<string, ModuleText>();
  private readonly dynamics = new Map<PythonUnit, ReadonlyMap<number, DynamicImport>>();

  constructor(readonly linker: Linker) {}

  of(found: Found): ModuleText {
    let text = this.known.get(found.path);
    if (!text) {
      text = this.read(found);
      this.known.set(found.path, text);
    }
    return text;
  }

  private read({ kind, path }: Found): ModuleText {
    const { codebase } = this.linker;
    const name = codebase.layout.nameOf(path);
    const member = memberName({ kind, path });
    const nothing = { path, name, member, unit: null, program: [], elsewhere: new Set<string>() };
    if (kind === 'namespace') return { ...nothing, open: false };
    const unit = path.endsWith('.py') ? codebase.unitOrNone(path) : undefined;
    if (!unit || unit.facts.syntaxErrors.length > 0) return { ...nothing, open: true };
    return {
      path,
      name,
      member,
      unit,
      program: unit.facts.program,
      elsewhere: new Set(unit.facts.scopes.flatMap((scope) => scope.globals)),
      open: unit.skim.bindsByValue,
    };
  }

  /** The import by value that a call at an offset is; none where several are possible. */
  dynamicAt(unit: PythonUnit, start: number): DynamicImport | undefined {
    let byStart = this.dynamics.get(unit);
    if (!byStart) {
      const starts = unit.facts.dynamics.map(({ span }) => span.start);
      const isOnly = ({ span }: DynamicImport, index: number) =>
        starts.indexOf(span.start) === index && starts.lastIndexOf(span.start) === index;
      byStart = new Map(unit.facts.dynamics.filter(isOnly).map((dynamic) => [dynamic.span.start, dynamic]));
      this.dynamics.set(unit, byStart);
    }
    return byStart.get(start);
  }
}

function memberName({ kind, path }: Found): string {
  if (kind === 'namespace') return baseOf(path);
  return isPackageInit(path) ? baseOf(directoryOf(path)) : baseOf(path).replace(/\.pyi?$/, '');
}

/** A statement at the module's top level certainly binds the name, sooner or later. */
export function bindsAtTop({ unit }: ModuleText, name: string): boolean {
  const bindings = unit?.facts.scopes[0]?.bindings ?? [];
  return bindings.some((binding) => binding.name === name && !binding.conditional);
}
