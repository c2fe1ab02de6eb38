/** The words of the search for references outside Python's own syntax: targets, occurrences, mentions and verdicts. */
import type { FileKind } from '../file-kinds.js';
import type { Span } from '../model.js';
import type { ScriptFacts } from './script.js';

/** A module to search for. */
export interface MentionTarget {
  readonly key: string;
  /** All dotted names of the module, `integration.x` and `TestMaster.integration.x`. */
  readonly dottedNames: readonly string[];
  /** The module's file, or a package's `__init__.py` or directory, relative to the repository with `/`. */
  readonly path: string;
  /** The bare last component; for a package its directory's name. */
  readonly name: string;
}

/** A decoded text of the repository. */
export interface MentionFile {
  readonly path: string;
  readonly kind: FileKind;
  readonly text: string;
  /** Of a script: reads what a parse says of it, `null` where it does not parse. Asked only where it spells a name. */
  readonly script?: (() => ScriptFacts | null) | undefined;
}

export type MentionForm = 'dotted' | 'path' | 'name';
export type MentionClass = 'config' | 'build' | 'docs' | 'data' | 'javascript' | 'notebook' | 'string' | 'comment';
export type Confidence = 'certain' | 'likely' | 'possible';
/** `rewrite`: the span may be replaced. `block`: a person must decide. `leave`: nothing breaks at run time. */
export type Decision = 'rewrite' | 'block' | 'leave';
export type MentionCode =
  | 'string-reference'
  | 'path-reference'
  | 'config-reference'
  | 'build-reference'
  | 'javascript-reference'
  | 'data-reference';

/** One occurrence of a module's bare name, in its longest form, without a judgement. */
export interface Occurrence {
  readonly target: MentionTarget;
  readonly form: MentionForm;
  /** Exactly the part that names the module. */
  readonly span: Span;
  /** What follows a dotted name: `.Class.method`, `:app`; what follows a package's directory: `/util.py`. */
  readonly tail: string;
  /** For paths: the path is the target's own, relative to the repository, with `/` and its extension. */
  readonly exact: boolean;
  /** For paths: it resolves to another file; for names: they are part of another dotted name or file name. */
  readonly elsewhere: boolean;
}

export interface Verdict {
  readonly confidence: Confidence;
  readonly decision: Decision;
  /** One sentence. */
  readonly reason: string;
}

/** A judged occurrence. */
export interface Mention extends Verdict {
  /** Key of the target. */
  readonly target: string;
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** From 1, UTF-16 code units. */
  readonly column: number;
  /** UTF-16 offsets in the decoded text of exactly the part that names the module. */
  readonly span: Span;
  /** The source line, trimmed, at most 200 units; of a longer line the part around the mention. */
  readonly text: string;
  readonly form: MentionForm;
  readonly tail: string;
  readonly class: MentionClass;
  readonly effect: 'reference' | 'mention';
  /** The code a person accepts it by; `null` when it does not block. */
  readonly code: MentionCode | null;
}
