/** Scopes of a file that bind names, by which Python decides which variable is meant. */
import type { Node } from './model.js';

export interface Frame {
  readonly kind: 'module' | 'class' | 'function';
  readonly id: Node;
  readonly locals: ReadonlySet<string>;
  readonly parent: Frame | null;
  /** Where `return` and `yield` go. */
  readonly result: Node | null;
  /** The class that the body belongs to, or that the function is a method of. */
  readonly family: Node | null;
  /** The name by which a method knows its own object. */
  readonly self: string | null;
  /** The function whose code it is. */
  readonly within: Node | null;
}

/** The frame that binds a name; `null` for built-in names. The names of a class body are seen by that alone. */
export function homeOf(name: string, frame: Frame): Frame | null {
  for (let here: Frame | null = frame; here; here = here.parent)
    if (here.locals.has(name) && (here.kind !== 'class' || here === frame)) return here;
  return null;
}
