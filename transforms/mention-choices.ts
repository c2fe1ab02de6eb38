/** What a person said about doubtful places: `PATH:LINE` is rewritten as shown, `PATH:LINE=TEXT` to that text. */
import type { Codebase } from '../src/core/codebase.js';
import type { RelocatedHit } from './mention-model.js';

export interface Chosen {
  readonly hits: readonly RelocatedHit[];
  /** What fits no hit that is to be reviewed, or one without a replacement. */
  readonly unused: readonly string[];
}

const CHOICE = /^(.+?):(\d+)(?:=(.*))?$/s;

/** Turns `review` into `rewrite` at the places that were chosen. */
export function withChoices(codebase: Codebase, hits: readonly RelocatedHit[], choices: readonly string[]): Chosen {
  const used = new Set<string>();
  const decided = hits.map((hit) => {
    const choice = hit.decision === 'review' ? choices.find((each) => fits(each, hit)) : undefined;
    if (choice === undefined) return hit;
    used.add(choice);
    const text = CHOICE.exec(choice)?.[3];
    const replacement = text === undefined ? hit.replacement : writtenIn(codebase, hit, text);
    return { ...hit, replacement, decision: 'rewrite' as const, reason: 'Chosen by a person.', code: null };
  });
  return { hits: decided, unused: choices.filter((choice) => !used.has(choice)) };
}

function fits(choice: string, { path, line, replacement }: RelocatedHit): boolean {
  const [, place, at, text] = CHOICE.exec(choice) ?? [];
  return place === path && Number(at) === line && (text !== undefined || replacement !== null);
}

/** In a notebook the text stands inside a JSON string. */
function writtenIn(codebase: Codebase, { path }: RelocatedHit, text: string): string {
  return codebase.kind(path) === 'notebook' ? JSON.stringify(text).slice(1, -1) : text;
}
