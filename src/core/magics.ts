/** IPython's additions to Python (`%magic`, `!command`, `help?`, `%%cell`), turned into comments of the same length. */

/** Cell magics whose cell is still Python. */
const PYTHON_CELL = /^%%(?:time|timeit|capture|prun|python3?|py|debug|memit|mprun|lprun|heat|scalene)\b/;
/** Line magics that run the statement after them. */
const STATEMENT = /^(\s*)(%(?:time|timeit|prun|memit)[ \t]+)(?![-\s])/;
const MAGIC = /^\s*[%!]/;
const HELP = /^\s*(?:\?{1,2}[\w.%*]+|[\w.%*]+\?{1,2})\s*$/;
const ASSIGNED = /^(\s*[\w.,[\] ]+=\s*)([%!])/;

/** Source that Python can parse, each UTF-16 offset unchanged. Magics inside brackets or strings are left: they are code. */
export function blankMagics(source: string): string {
  if (!/[%!?]/.test(source)) return source;
  const lines = source.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
  const first = lines.findIndex((line) => line.trim() !== '');
  const head = lines[first] ?? '';
  if (head.startsWith('%%')) {
    const kept = PYTHON_CELL.test(head) ? lines.slice(first + 1) : [];
    const blanked = lines.slice(0, lines.length - kept.length).map(comment);
    return blanked.join('') + blankLines(kept);
  }
  return blankLines(lines);
}

function blankLines(lines: readonly string[]): string {
  let state: State = { depth: 0, quote: '', continued: false };
  let magicContinues = false;
  return lines
    .map((line) => {
      const open = state.depth > 0 || state.quote !== '' || state.continued;
      const blank = open ? line : magicContinues ? comment(line) : withoutMagic(line);
      magicContinues = blank !== line && /\\\r?\n?$/.test(line);
      state = after(blank, state);
      return blank;
    })
    .join('');
}

function withoutMagic(line: string): string {
  const statement = STATEMENT.exec(line);
  if (statement) {
    const [all, indent, magic] = statement as unknown as [string, string, string];
    return `${indent}0${' '.repeat(magic.length - 2)};${line.slice(all.length)}`;
  }
  if (MAGIC.test(line) || HELP.test(line)) return comment(line);
  const assigned = ASSIGNED.exec(line);
  if (!assigned) return line;
  const at = (assigned[1] as string).length;
  return /[\r\n]/.test(line[at + 1] ?? '\n')
    ? `${line.slice(0, at)}0${line.slice(at + 1)}`
    : `${line.slice(0, at)}0#${line.slice(at + 2)}`;
}

/** Puts `#` over the first character that is not blank. */
function comment(line: string): string {
  const at = line.search(/\S/);
  if (at < 0) return line;
  const width = (line.codePointAt(at) as number) > 0xffff ? 2 : 1;
  return `${line.slice(0, at)}#${' '.repeat(width - 1)}${line.slice(at + width)}`;
}

interface State {
  readonly depth: number;
  /** The triple quote that is open, or nothing. */
  readonly quote: string;
  /** The line ended with a backslash. */
  readonly continued: boolean;
}

/** Bracket depth and open string after a line of Python. */
function after(line: string, before: State): State {
  let { depth, quote } = before;
  for (let i = 0; i < line.length; i++) {
    const c = line[i] as string;
    if (c === '\\') i++;
    else if (quote) {
      if (line.startsWith(quote, i)) {
        i += quote.length - 1;
        quote = '';
      }
    } else if (c === '#') break;
    else if (c === '"' || c === "'") {
      quote = line.startsWith(c.repeat(3), i) ? c.repeat(3) : c;
      i += quote.length - 1;
    } else if ('([{'.includes(c)) depth++;
    else if (')]}'.includes(c)) depth = Math.max(0, depth - 1);
  }
  const continued = /\\\r?\n?$/.test(line) && !/^\s*#/.test(line);
  return { depth, quote: quote.length === 3 || (quote && continued) ? quote : '', continued };
}
