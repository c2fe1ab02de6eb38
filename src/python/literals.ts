/** The values of literals: strings (escapes, concatenation, replacement fields) and numbers, whatever way they are written. */
import type { SyntaxNode } from './syntax.js';

/** What a normal form is made of: finished words, and nodes still to be expanded. */
export type Item = string | SyntaxNode;

/** Text and replacement fields of one or several adjacent literals. */
interface Pieces {
  readonly items: Item[];
  text: string;
}

/** The normal form of a `string` or `concatenated_string`: its value, not its spelling. */
export function stringItems(node: SyntaxNode, text: string): Item[] {
  const literals = node.type === 'string' ? [node] : node.children.filter((child) => child.type === 'string');
  const prefixes = literals.map((literal) => prefixOf(literal, text));
  const kind = ['t', 'f', 'b'].find((letter) => prefixes.some((prefix) => prefix.includes(letter))) ?? '';
  const pieces: Pieces = { items: [], text: '' };
  literals.forEach((literal, i) => {
    addLiteral(pieces, literal, text, prefixes[i] as string);
  });
  if (kind === '' || kind === 'b') return [`${kind}${JSON.stringify(pieces.text)}`];
  flush(pieces);
  return [`(${kind}-string`, ...pieces.items, ')'];
}

/** The value of a plain text literal, or `null` for bytes and literals with replacement fields. */
export function plainValue(node: SyntaxNode, text: string): string | null {
  if (node.type !== 'string' && node.type !== 'concatenated_string') return null;
  const [item] = stringItems(node, text);
  return typeof item === 'string' && item.startsWith('"') ? JSON.parse(item) : null;
}

function prefixOf(literal: SyntaxNode, text: string): string {
  const start = literal.children[0] as SyntaxNode;
  return text.slice(start.start, start.end).replace(/['"]/g, '').toLowerCase();
}

function flush(pieces: Pieces): void {
  if (pieces.text !== '') pieces.items.push(JSON.stringify(pieces.text));
  pieces.text = '';
}

function addLiteral(pieces: Pieces, literal: SyntaxNode, text: string, prefix: string): void {
  const interpolated = /[ft]/.test(prefix);
  const end = literal.children.findLast((child) => child.type === 'string_end');
  let from = (literal.children[0] as SyntaxNode).end;
  for (const field of literal.children.filter((child) => child.type === 'interpolation')) {
    pieces.text += stringValue(text.slice(from, field.start), prefix, interpolated);
    addField(pieces, field, text, prefix);
    from = field.end;
  }
  pieces.text += stringValue(text.slice(from, end?.start ?? literal.end), prefix, interpolated);
}

/** `{value!r:spec}`; `{value=}` is its own text followed by the value's `repr`. */
function addField(pieces: Pieces, field: SyntaxNode, text: string, prefix: string): void {
  const parts = field.children;
  const equals = parts.findIndex((child) => child.type === '=');
  const spec = parts.find((child) => child.type === 'format_specifier');
  const conversion = parts.find((child) => child.type === 'type_conversion');
  if (equals >= 0) {
    pieces.text += text.slice((parts[0] as SyntaxNode).end, (parts[equals + 1] as SyntaxNode).start);
  }
  flush(pieces);
  const implied = equals >= 0 && !spec ? '!r' : '';
  const values = parts.filter((child) => child.field === 'expression');
  const shown = conversion ? text.slice(conversion.start, conversion.end) : implied;
  pieces.items.push('(field', ...values, ...(shown ? [shown] : []));
  if (spec) addSpecifier(pieces, spec, text, prefix);
  pieces.items.push(')');
}

function addSpecifier(pieces: Pieces, spec: SyntaxNode, text: string, prefix: string): void {
  pieces.items.push('(spec');
  let from = spec.start + 1;
  for (const nested of spec.children.filter((child) => child.named)) {
    pieces.text += stringValue(text.slice(from, nested.start), prefix, false);
    addField(pieces, nested, text, prefix);
    from = nested.end;
  }
  pieces.text += stringValue(text.slice(from, spec.end), prefix, false);
  flush(pieces);
  pieces.items.push(')');
}

function stringValue(written: string, prefix: string, interpolated: boolean): string {
  const lines = written.replace(/\r\n?/g, '\n');
  const value = prefix.includes('r') || !lines.includes('\\') ? lines : unescaped(lines, prefix.includes('b'));
  return interpolated ? value.replace(/\{\{|\}\}/g, (twice) => twice.charAt(0)) : value;
}

const ESCAPE = /\\(\n|[0-7]{1,3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|N\{[^}]*\}|[\s\S])/g;
const SIMPLE: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** Python's escapes. `\N{...}` stays as written: names of characters are not known here. */
function unescaped(written: string, bytes: boolean): string {
  return written.replace(ESCAPE, (whole, code: string) => {
    const simple = SIMPLE[code];
    if (simple !== undefined) return simple;
    if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8));
    if (code.length === 1 || code.startsWith('N') || (bytes && !code.startsWith('x'))) return whole;
    const point = Number.parseInt(code.slice(1), 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}

/** The value of a number: `0x10` and `1_6` are 16, `1e3` is the float 1000. */
export function numberWord(written: string): string {
  const digits = written.replaceAll('_', '').toLowerCase();
  if (/^(0x[0-9a-f]+|0o[0-7]+|0b[01]+|[1-9][0-9]*|0+)$/.test(digits)) return BigInt(digits).toString();
  if (/^[0-9.]+(e[-+]?[0-9]+)?j$/.test(digits)) return `complex ${Number(digits.slice(0, -1))}`;
  if (/^([0-9]+\.?[0-9]*|\.[0-9]+)(e[-+]?[0-9]+)?$/.test(digits) && /[.e]/.test(digits))
    return `float ${Number(digits)}`;
  return digits;
}
