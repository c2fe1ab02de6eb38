/** Small pieces of wording and layout that all texts share: numbers, plurals, lists, wrapped lines, shell words. */

/** `8,436`. */
export function grouped(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 file`, `2 files`. */
export function counted(number: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(number)} ${number === 1 ? noun : plural}`;
}

/** One decimal, rounded down: what is not wholly the same never reads 100 %. */
export function percent(share: number): string {
  return `${(Math.floor(share * 1000 + 1e-9) / 10).toFixed(1)} %`;
}

/** The first few, and how many more. */
export function listed(items: readonly string[], most: number): string {
  const shown = items.slice(0, most).join(', ');
  return items.length > most ? `${shown} and ${items.length - most} more` : shown;
}

/** Shortens to `width` columns; the last one is then an ellipsis. */
export function truncated(text: string, width: number): string {
  const letters = [...text];
  return letters.length <= width ? text : `${letters.slice(0, Math.max(0, width - 1)).join('')}…`;
}

/** Breaks at spaces, not at no-break spaces (which then become plain ones). Words longer than a line (paths, commands) stay whole, so that they can be copied. */
export function wrapped(text: string, width: number, indent: string, first = indent): string[] {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(' ')) {
    if (!isEmpty && [...line].length + 1 + [...word].length > width) {
      lines.push(line);
      line = indent;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line].map((text_) => text_.replaceAll('\u00a0', ' '));
}

/** What belongs on one line, on two where it is too narrow; `width` is the length without colours. */
export function onOneOrTwo(head: string, tail: string, width: number, indent: string, columns: number): string[] {
  return width <= columns ? [`${head} ${tail}`] : [head, `${indent}${tail}`];
}

/** A word that a POSIX shell takes as it is. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./][\w@%+=:,./-]*$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Items by key, keys in order of first appearance. */
export function groupedBy<T, K>(items: readonly T[], key: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
