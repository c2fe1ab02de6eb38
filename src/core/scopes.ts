/** Name lookup inside one file, by Python's scope rules. */
import type { Binding, Facts, Scope } from './facts.js';

/**
 * The bindings that a name used in a scope may refer to, from the innermost scope that binds it. A class body's names
 * are seen only by the class body itself. Empty when the name is a builtin or unknown.
 */
export function bindingsOf(facts: Facts, scope: number, name: string): { scope: number; bindings: readonly Binding[] } {
  let here = scope;
  let first = true;
  while (here !== -1) {
    const current = facts.scopes[here] as Scope;
    if (current.globals.includes(name)) here = 0;
    const actual = facts.scopes[here] as Scope;
    if (first || actual.kind !== 'class') {
      const bindings = actual.bindings.filter((binding) => binding.name === name);
      if (bindings.length > 0) return { scope: here, bindings };
    }
    first = false;
    here = actual.parent;
  }
  return { scope: -1, bindings: [] };
}

/** True when any scope of the file binds the name. */
export function bindsAnywhere(facts: Facts, name: string): boolean {
  return facts.scopes.some((scope) => scope.bindings.some((binding) => binding.name === name));
}
