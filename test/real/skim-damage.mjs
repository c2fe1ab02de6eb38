/**
 * Damages real files and asks who sees it: CPython's `ast.parse`, the skim of tokens, the grammar. What CPython refuses and
 * the skim is sure of is a hole; what CPython still takes must be to the skim what it is to the whole tree.
 *
 *   node test/real/skim-damage.mjs [--files N] [--seed N] [--show N] [DIR..]
 *
 * Without DIR: the standard library and the installed packages of the interpreter (PYTHON, or python3).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { decodePython } from '../../dist/src/core/text.js';
import { condense } from '../../dist/src/python/condense.js';
import { extractFacts } from '../../dist/src/python/facts.js';
import { Lexer, TOKEN } from '../../dist/src/python/lexer.js';
import { loadParser } from '../../dist/src/python/parser.js';
import { skim } from '../../dist/src/python/skim/index.js';
import { beside, jsonLines, PYTHON, randomNumbers, run, table } from './support.mjs';
import { skimDifferences } from './view.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    files: { type: 'string', default: '3000' },
    seed: { type: 'string', default: '1' },
    show: { type: 'string', default: '20' },
  },
});
/** UTF-16 units; damage to larger files shows nothing else and takes long. */
const LARGEST = 20_000;

const random = randomNumbers(Number(options.seed));
const below = (count) => Math.floor(random() * count);
const pick = (list) => list[below(list.length)];

const TOKENS = [
  ...'=:,;.*@~-',
  ...['**', '->', ':=', '==', '+=', 'not', 'in', 'if', 'else', 'for', 'as', 'lambda', 'import', 'from', 'def', 'class'],
  ...[
    'return',
    'await',
    'yield',
    'None',
    'x',
    '1',
    "'s'",
    'try',
    'with',
    'except',
    'and',
    '...',
    '\n',
    'match',
    'type',
  ],
];

const OLD_FORMS = [
  'print x',
  "print 'a', x",
  'print >> f, x',
  "exec 'a = 1'",
  'exec x in y',
  'raise A, b',
  'x = `y`',
  'if a <> b: pass',
  "x = ur'a'",
  'x = 0777',
  'x = 10L',
  'def f((a, b), c): pass',
  'def f(a, (b, c)): pass',
  'x = lambda (a, b): a',
  'try: pass\nexcept A, e: pass',
  'assert isinstance(a, b), c, d',
  'async = 1',
  'x.print = None; None = x',
  'print',
];

/** Each takes a text and its tokens, and gives another text. */
const DAMAGES = {
  'token deleted': (text, tokens) => replaced(text, pick(tokens), ''),
  'neighbours swapped': (text, tokens) => {
    const at = below(tokens.length - 1);
    const [{ start, end }, next] = tokens.slice(at, at + 2);
    const middle = text.slice(end, next.start);
    return (
      text.slice(0, start) + text.slice(next.start, next.end) + middle + text.slice(start, end) + text.slice(next.end)
    );
  },
  'token inserted': (text, tokens) => inserted(text, pick(tokens), ` ${pick(TOKENS)} `),
  'token doubled': (text, tokens) => {
    const token = pick(tokens);
    return inserted(text, token, `${text.slice(token.start, token.end)} `);
  },
  'bracket inserted': (text, tokens) => inserted(text, pick(tokens), pick([...'()[]{}'])),
  'line dedented': (text) => onLine(text, /^[ \t]+/, (line) => line.slice(1 + below(4))),
  'line indented': (text) => onLine(text, /./, (line) => ' '.repeat(1 + below(4)) + line),
  'line deleted': (text) => onLine(text, /\S/, () => ''),
  'form of Python 2': (text) => onLine(text, /\S/, (line) => oldForm(/^[ \t]*/.exec(line)[0]) + line),
};

const replaced = (text, { start, end }, other) => text.slice(0, start) + other + text.slice(end);
const inserted = (text, { start }, other) => text.slice(0, start) + other + text.slice(start);
const oldForm = (indentation) => `${indentation}${pick(OLD_FORMS).replaceAll('\n', `\n${indentation}`)}\n`;

function onLine(text, wanted, change) {
  const lines = text.split('\n');
  const numbers = lines.flatMap((line, number) => (wanted.test(line) ? [number] : []));
  if (numbers.length === 0) return text;
  const at = pick(numbers);
  return lines.with(at, change(lines[at])).join('\n');
}

function tokensOf(text) {
  const lexer = new Lexer(text);
  const tokens = [];
  while (lexer.next() !== TOKEN.end)
    if (lexer.kind !== TOKEN.lineEnd) tokens.push({ start: lexer.start, end: lexer.end });
  return tokens;
}

function* sources() {
  const given = (directory) =>
    readdirSync(directory, { recursive: true }).map((name) => join(resolve(directory), name));
  const own = () => run(PYTHON, [beside('ast_imports.py'), '--list']).stdout.split('\0');
  const paths = (positionals.length > 0 ? positionals.flatMap(given) : own())
    .filter((path) => /\.pyi?$/.test(path))
    .sort();
  for (let left = Number(options.files); left > 0 && paths.length > 0; ) {
    const [path] = paths.splice(below(paths.length), 1);
    const source = decodePython(readFileSync(path));
    const tokens = 'text' in source && source.text.length <= LARGEST ? tokensOf(source.text) : [];
    if (tokens.length < 10) continue;
    left--;
    yield { path, text: source.text, tokens };
  }
}

function damaged() {
  return [...sources()].flatMap(({ path, text, tokens }) =>
    Object.entries(DAMAGES).map(([kind, damage]) => ({ path, kind, text: damage(text, tokens) })),
  );
}

let shown = 0;
function show(line) {
  if (shown++ < Number(options.show)) console.log(line);
}

/** The lines that differ from the file, which is read again: the damage is small. */
function place({ path, text }) {
  const before = decodePython(readFileSync(path)).text;
  let at = 0;
  while (text[at] === before[at]) at++;
  const from = text.lastIndexOf('\n', at - 1) + 1;
  return JSON.stringify(text.slice(from, at + 80));
}

async function main() {
  const parser = await loadParser('native');
  const facts = (text) => extractFacts(text, parser.parse(text));
  const cases = damaged();
  const counts = new Map(
    Object.keys(DAMAGES).map((kind) => [kind, { refused: 0, sure: 0, alone: 0, taken: 0, unlike: 0 }]),
  );
  let next = 0;
  for await (const isTaken of jsonLines(
    beside('parses.py'),
    cases.map(({ text }) => `${JSON.stringify(text)}\n`).join(''),
  )) {
    const each = cases[next++];
    // Native trees are freed only when the event loop turns.
    if (next % 20 === 0) await new Promise(setImmediate);
    judge(counts.get(each.kind), each, isTaken, skim(each.text, facts), facts);
  }
  report(counts);
}

function judge(count, each, isTaken, found, facts) {
  count[isTaken ? 'taken' : 'refused']++;
  if (found === null) return;
  const whole = facts(each.text);
  const isWhole = whole.syntaxErrors.length === 0;
  if (!isTaken) {
    count.sure++;
    if (isWhole) return;
    count.alone++;
    show(`${each.kind}: ${each.path}: ${place(each)}`);
  } else if (isWhole) {
    const differences = skimDifferences(found, condense(whole, each.text));
    if (differences.length > 0) count.unlike++;
    for (const { field, texts } of differences)
      show(`UNLIKE ${each.kind}: ${each.path}: ${place(each)}\n ${field}: ${texts[0]}\n facts: ${texts[1]}`);
  }
}

function report(counts) {
  const share = (part, whole) => `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;
  const rows = [...counts].map(([kind, { refused, sure, alone, taken, unlike }]) => {
    return [kind, refused, sure, share(sure, refused), alone, share(alone, refused), taken, unlike];
  });
  const head = [
    'damage',
    'refused',
    'skim sure',
    'share',
    'grammar is not',
    'share',
    'still Python',
    'unlike the facts',
  ];
  console.log(table([head, ...rows]));
  process.exitCode = rows.some((row) => row.at(-1) > 0) ? 1 : 0;
}

await main();
