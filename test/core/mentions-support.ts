/** Targets and a one-line form of mentions that several test files share. */
import type { Mention, MentionTarget } from '../../src/core/mentions.js';

export const X: MentionTarget = {
  key: 'x',
  dottedNames: ['integration.x_robust', 'TestMaster.integration.x_robust'],
  path: 'integration/x_robust.py',
  name: 'x_robust',
};

/** A top-level module: its dotted name is its bare name. */
export const RUNNER: MentionTarget = { key: 'top', dottedNames: ['runner'], path: 'runner.py', name: 'runner' };

/** Form, the text that the span covers, tail, confidence, decision, code. */
export function brief(text: string, mention: Mention): string {
  const { form, span, tail, confidence, decision, code } = mention;
  return [form, text.slice(span.start, span.end) + (tail && `|${tail}`), confidence, decision, code ?? '']
    .join(' ')
    .trimEnd();
}
