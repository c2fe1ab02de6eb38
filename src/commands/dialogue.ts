/**
 * What dialogues share: answers given and taken back one by one, and the keys that mean the same in each. State in, key
 * in, state out; what a step is, and what is asked next, the dialogue at hand knows.
 */
import { inert } from '../report/inert.js';

export interface Dialogue<Step> {
  /** In the order in which they were given. */
  readonly steps: readonly Step[];
  /** The person has left. */
  readonly stopped: boolean;
  /** Said before the next question. */
  readonly notice: string;
}

/** @param steps given before, in an earlier session */
export function begun<Step>(steps: readonly Step[] = []): Dialogue<Step> {
  return { steps, stopped: false, notice: '' };
}

export function given<Step>(dialogue: Dialogue<Step>, step: Step): Dialogue<Step> {
  return { ...dialogue, steps: [...dialogue.steps, step], notice: '' };
}

export function said<Step>(dialogue: Dialogue<Step>, notice: string): Dialogue<Step> {
  return { ...dialogue, notice };
}

/** `u`, `q`, `?`, and every key that is no answer. */
export function commonKey<Step>(dialogue: Dialogue<Step>, key: string, help: string): Dialogue<Step> {
  if (key === 'q') return { ...dialogue, stopped: true };
  if (key === 'u' && dialogue.steps.length === 0) return said(dialogue, 'nothing to undo yet');
  if (key === 'u') return { ...dialogue, steps: dialogue.steps.slice(0, -1), notice: '' };
  return said(dialogue, key === '?' ? help : `'${inert(key)}' is no answer; ? explains them`);
}

/** The text of a question: what is to be said first, what it is about, and a last line to answer on. */
export function questionText(notice: string, lines: readonly string[], prompt: string): string {
  return [...(notice ? [notice, ''] : []), ...lines, prompt].join('\n');
}
