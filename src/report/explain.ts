/** `regraft explain` as text and as data: one code in full, or all of them in groups. */
import { EXPLANATIONS, type Explanation, type ExplanationGroup } from './explanations/index.js';
import type { Style } from './style.js';
import { table } from './table.js';
import { wrapped } from './words.js';

/** A code that was asked for. `accepted` is how a person may accept it; `null` when nothing may. */
export interface Explained {
  readonly code: string;
  readonly group: ExplanationGroup;
  readonly explanation: Explanation;
  readonly accepted: string | null;
}

export function explainText({ code, group, explanation, accepted }: Explained, style: Style): string {
  const paragraph = (text: string) => wrapped(text, style.width, '  ');
  const part = (title: string, lines: readonly string[]) => ['', style.bold(title), ...lines];
  const todo = explanation.todo.flatMap((each) => wrapped(each, style.width, '    ', '  - '));
  const accept = accepted === null ? [] : wrapped(`To accept it: ${accepted}`, style.width, '    ', '  - ');
  const lines = [
    `${style.bold(code)}  ${style.dim(group.title)}`,
    ...part('What it means', paragraph(explanation.means)),
    ...part('Why', paragraph(explanation.why)),
    ...part('What to do', [...todo, ...accept]),
    ...part(
      'Example',
      explanation.example.split('\n').map((line) => `  ${style.cyan(line)}`),
    ),
  ];
  return `${lines.join('\n')}\n`;
}

export function explainData({ code, group, explanation, accepted }: Explained) {
  const { means, why, todo, example } = explanation;
  return { code, group: group.name, means, why, todo, accept: accepted, example };
}

/** All codes, with the beginning of what each means. */
export function explanationsText(style: Style): string {
  const blocks = EXPLANATIONS.map(({ title, codes }) => {
    const rows = Object.entries(codes).map(([code, { means }]) => [code, firstSentence(means)]);
    return [style.bold(title), ...table(rows, { width: style.width, indent: '  ' })].join('\n');
  });
  return `${blocks.join('\n\n')}\n\n${style.dim('next:')} ${style.cyan('regraft explain CODE')}\n`;
}

export function explanationsData() {
  return {
    groups: EXPLANATIONS.map(({ name, title, codes }) => ({
      name,
      title,
      codes: Object.entries(codes).map(([code, { means }]) => ({ code, means })),
    })),
  };
}

const firstSentence = (text: string) => /^.*?[.:](?= |$)/.exec(text)?.[0].replace(/[.:]$/, '') ?? text;
