/** What stands between the quotes of a string token. */
const isQuote = (code: number): boolean => code === 34 || code === 39;

/** The content as it is written; `null` for a piece of an f-string with replacement fields. Offsets are UTF-16 units. */
export function contentOf(text: string, start: number, end: number): string | null {
  let quote = start;
  while (quote < end && !isQuote(text.charCodeAt(quote))) quote++;
  if (quote - start > 2) return null;
  const code = text.charCodeAt(quote);
  const isTriple = text.charCodeAt(quote + 1) === code && text.charCodeAt(quote + 2) === code && end - quote >= 6;
  const width = isTriple ? 3 : 1;
  if (end - quote < 2 * width) return null;
  for (let at = end - width; at < end; at++) if (text.charCodeAt(at) !== code) return null;
  return text.slice(quote + width, end - width);
}

/** The content of a literal without prefix and escapes, whose value is what is written; `null` for any other. */
export function plainContentOf(text: string, start: number, end: number): string | null {
  if (!isQuote(text.charCodeAt(start))) return null;
  const content = contentOf(text, start, end);
  return content?.includes('\\') ? null : content;
}
