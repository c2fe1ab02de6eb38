/** What a plan does, piece by piece, as a review shows it: each can be left out of the plan by itself. */
import type { FileTransition, MovedFile, Problem } from '../core/model.js';
import { overlay, type Replacement } from '../core/overlay.js';
import { netChanges } from '../report/net-changes.js';
import type { FileChange } from '../report/patch.js';
import type { Session } from './session.js';

export interface PlannedOperation {
  /** The duplicate, module, shim or file by its path; unique in the plan. */
  readonly key: string;
  /** It is not done unless something is accepted or changed. */
  readonly isRefused: boolean;
  /** What it is made of, where that can be answered for one by one. */
  readonly parts: readonly MovedFile[];
  /** Why it gets no commit of its own, whatever the others of the plan do. */
  readonly whyNotApart: string | null;
  /** May take a while: only what is looked at is computed. */
  look(): OperationView;
}

export interface OperationView {
  /** What happens, and the evidence. */
  readonly lines: readonly string[];
  readonly refusals: readonly Problem[];
  /** What it changes by itself. */
  readonly changes: readonly FileChange[];
}

/** What one of several steps changes, on the files as the steps before it leave them. */
export function changesOfStep(
  { snapshot, tools }: Pick<Session, 'snapshot' | 'tools'>,
  steps: readonly { readonly name: string; readonly transitions: readonly FileTransition[] }[],
  name: string,
): FileChange[] {
  const at = steps.findIndex((step) => step.name === name);
  const step = steps[at];
  if (!step) return [];
  const before = steps.slice(0, at).flatMap(({ transitions }) => transitions);
  const replaced = new Map<string, Replacement>(before.map(({ path, after }) => [path, after]));
  const batch = { id: name, title: name, message: name, transitions: step.transitions };
  return netChanges(overlay(snapshot, replaced, tools.nameBlob), [batch]);
}

/** Those of the changes that are made to certain files, wherever these stand afterwards. */
export function changesTo(changes: readonly FileChange[], isMeant: (path: string) => boolean): FileChange[] {
  return changes.filter(({ path, from }) => isMeant(path) || (from !== undefined && isMeant(from)));
}
