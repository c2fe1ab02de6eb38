/** Lines of a text, by offsets. Python ends a line with LF, CR LF or CR. */

export function lineStart(text: string, at: number): number {
  return Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1)) + 1;
}

/** The offset after the line end that follows, or the end of the text. */
export function lineEnd(text: string, at: number): number {
  const match = /\r\n|\r|\n/g;
  match.lastIndex = at;
  const found = match.exec(text);
  return found ? found.index + found[0].length : text.length;
}

/** The blanks that a line begins with; a form feed starts the count again. */
export function indentOf(text: string, at: number): string {
  const blanks = /^[ \t\f]*/.exec(text.slice(lineStart(text, at)))?.[0] ?? '';
  return blanks.slice(blanks.lastIndexOf('\f') + 1);
}

/** The line end that the file uses from a place on, or before it. */
export function newlineOf(text: string, at = 0): string {
  return /\r\n|\r|\n/.exec(text.slice(at))?.[0] ?? /\r\n|\r|\n/.exec(text)?.[0] ?? '\n';
}
