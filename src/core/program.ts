/**
 * Programs: what a file does when Python runs it, reduced to what importing can observe: imports, bindings, reads, calls,
 * in the order in which they happen. Expressions that nothing can be said of are `null`. Lines count from 1.
 */

export type Expression =
  | { readonly kind: 'name'; readonly name: string; readonly line: number }
  | { readonly kind: 'attribute'; readonly of: Expression | null; readonly name: string; readonly line: number }
  | CallExpression
  /** `start` is the offset of a string's content. */
  | { readonly kind: 'constant'; readonly value: string | number | boolean | null; readonly start?: number }
  | { readonly kind: 'lambda'; readonly code: FunctionCode }
  /** Every part is evaluated, in this order; the value is new: displays, arithmetic, formatted strings. */
  | { readonly kind: 'all'; readonly parts: readonly Expression[]; readonly display?: 'fixed' | 'growing' }
  /** `*x` and `**x` in a call or a display. */
  | { readonly kind: 'splat'; readonly of: Expression | null }
  | { readonly kind: 'yield'; readonly of: Expression | null }
  /** An element of something; `start` is the offset of the subscript. */
  | ItemExpression
  /** Which parts are evaluated depends on the values of those before. */
  | {
      readonly kind: 'either';
      readonly operator: 'and' | 'or' | 'if';
      /** For `if`: the test, the value if so, the value if not. */
      readonly parts: readonly (Expression | null)[];
    }
  /** A comprehension: its own names, the first iterable evaluated outside. */
  | {
      readonly kind: 'inner';
      readonly names: readonly string[];
      readonly first: Expression | null;
      readonly parts: readonly Expression[];
    }
  | {
      readonly kind: 'compare';
      readonly operator: string;
      readonly left: Expression | null;
      readonly right: Expression | null;
    }
  | { readonly kind: 'not'; readonly of: Expression | null }
  | { readonly kind: 'bind'; readonly name: string; readonly value: Expression | null };

export interface CallExpression {
  readonly kind: 'call';
  readonly callee: Expression | null;
  readonly args: readonly (Expression | null)[];
  readonly keywords: readonly { readonly name: string; readonly value: Expression | null }[];
  readonly line: number;
  /** Offset of the call, by which a {@link DynamicImport} of the facts is found. */
  readonly start: number;
}

export interface ItemExpression {
  readonly kind: 'item';
  readonly of: Expression | null;
  readonly index: Expression | null;
  readonly start: number;
}

/** What an assignment writes to. */
export type Target =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'attribute'; readonly of: Expression | null; readonly name: string; readonly line: number }
  | ItemExpression;

/** A function's or lambda's code, run when it is called. */
export interface FunctionCode {
  readonly name: string;
  readonly line: number;
  /** Positional parameters in order. */
  readonly parameters: readonly string[];
  /** The names of `*args` and `**options`. */
  readonly rest: readonly string[];
  /** Names that belong to the function itself. */
  readonly locals: readonly string[];
  readonly body: Block;
  /** Generators and coroutines: a call does not run the body. */
  readonly deferred: boolean;
}

export interface ClassCode {
  readonly name: string;
  readonly line: number;
  readonly bases: readonly (Expression | null)[];
  readonly keywords: readonly { readonly name: string; readonly value: Expression | null }[];
  readonly body: Block;
}

export interface Handler {
  /** Last components of the exceptions' names; `null` for a bare `except`; `*` for what is computed. */
  readonly catches: readonly string[] | null;
  readonly alias: string | null;
  readonly body: Block;
}

export type Step =
  /** `statement` is an index into the imports of the facts. */
  | { readonly kind: 'import'; readonly statement: number; readonly line: number }
  | { readonly kind: 'evaluate'; readonly value: Expression; readonly line: number }
  | {
      readonly kind: 'assign';
      readonly targets: readonly Target[];
      readonly value: Expression | null;
      /** Each target gets a part of the value only. */
      readonly unpacked: boolean;
      readonly line: number;
    }
  | {
      readonly kind: 'function';
      readonly code: FunctionCode;
      readonly decorators: readonly (Expression | null)[];
      /** Defaults and annotations, evaluated where the function is defined. */
      readonly before: readonly Expression[];
    }
  | { readonly kind: 'class'; readonly code: ClassCode; readonly decorators: readonly (Expression | null)[] }
  | { readonly kind: 'delete'; readonly names: readonly string[]; readonly line: number }
  | {
      readonly kind: 'if';
      readonly test: Expression | null;
      /** The test asks for the version of Python, or for the platform and nothing else. */
      readonly about: 'version' | 'platform' | null;
      readonly yes: Block;
      readonly no: Block;
      readonly line: number;
    }
  | {
      readonly kind: 'loop';
      readonly head: Expression | null;
      readonly targets: readonly Target[];
      readonly body: Block;
      readonly otherwise: Block;
      readonly line: number;
    }
  | {
      readonly kind: 'with';
      readonly items: readonly { readonly value: Expression | null; readonly targets: readonly Target[] }[];
      /** Exceptions that `contextlib.suppress` swallows. */
      readonly suppresses: readonly string[];
      readonly body: Block;
      readonly line: number;
    }
  | {
      readonly kind: 'try';
      readonly body: Block;
      readonly handlers: readonly Handler[];
      readonly otherwise: Block;
      readonly last: Block;
    }
  | {
      readonly kind: 'match';
      readonly subject: Expression | null;
      readonly cases: readonly { readonly names: readonly string[]; readonly body: Block }[];
      readonly line: number;
    }
  | { readonly kind: 'raise'; readonly name: string | null; readonly value: Expression | null; readonly line: number }
  | { readonly kind: 'return'; readonly value: Expression | null; readonly line: number }
  /** `break` and `continue`. */
  | { readonly kind: 'leave' };

export type Block = readonly Step[];
