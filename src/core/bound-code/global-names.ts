/** Where `global` statements write the names of the module; the facts know only that they do. */
import type { PythonUnit } from '../codebase.js';
import type { Span } from '../model.js';

export function globalNames({ facts, text }: PythonUnit): { name: string; span: Span }[] {
  const inert = [...facts.strings.map(({ span }) => span), ...facts.comments];
  const isInert = (at: number) => inert.some(({ start, end }) => start <= at && at < end);
  const found: { name: string; span: Span }[] = [];
  for (const { globals, span } of facts.scopes) {
    if (globals.length === 0) continue;
    for (const match of text.slice(span.start, span.end).matchAll(/\bglobal[ \t]+([\p{ID_Continue} \t,\\\r\n]+)/gu)) {
      const start = span.start + match.index + match[0].length - (match[1] as string).length;
      if (isInert(start)) continue;
      const end = statementEnd(text, start);
      for (const name of text.slice(start, end).matchAll(/[\p{ID_Start}_]\p{ID_Continue}*/gu)) {
        const own = { start: start + name.index, end: start + name.index + name[0].length };
        if (globals.includes(name[0]) && !found.some((each) => each.span.start === own.start))
          found.push({ name: name[0], span: own });
      }
    }
  }
  return found;
}

/** The end of the line; a backslash goes on to the next. */
function statementEnd(text: string, start: number): number {
  const end = /(?<!\\)(?:\r\n|\r|\n|;|#)|$/g;
  end.lastIndex = start;
  return end.exec(text)?.index ?? text.length;
}
