/**
 * Compares what facts say of Python files with what CPython's own `ast` and `symtable` say of them: import statements,
 * names bound per scope, names read, `__all__`; the facts of both engines with each other; and the skim of tokens with
 * CPython and, in all its fields, with what the facts of the whole tree come to.
 *
 *   node test/real/imports-vs-ast.mjs [--engine native|wasm|both] [--limit N] [--packages] [--show N] [DIR..]
 *
 * Without DIR: the standard library and the installed packages of the interpreter (PYTHON, or python3).
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { decodePython, lineIndex, lineStarts } from '../../dist/src/core/text.js';
import { condense } from '../../dist/src/python/condense.js';
import { extractFacts } from '../../dist/src/python/facts.js';
import { loadParser } from '../../dist/src/python/parser.js';
import { skim } from '../../dist/src/python/skim/index.js';
import { beside, jsonLines, PYTHON, run, table } from './support.mjs';
import { difference, importRows, knowsNameLines, loadRows, moduleRow, scopeRows, skimDifferences } from './view.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    engine: { type: 'string', default: 'both' },
    limit: { type: 'string', default: '0' },
    show: { type: 'string', default: '20' },
    packages: { type: 'boolean', default: false },
  },
});
const AREAS = ['imports', 'scopes', 'loads', 'exports'];
const AST = beside('ast_imports.py');

function filesToRead() {
  const own = () => run(PYTHON, [AST, '--list', ...(options.packages ? ['--packages'] : [])]).stdout.split('\0');
  const given = (directory) =>
    readdirSync(directory, { recursive: true }).map((name) => join(resolve(directory), name));
  const all = positionals.length > 0 ? positionals.flatMap(given).filter((name) => /\.pyi?$/.test(name)) : own();
  const limit = Number(options.limit);
  const step = limit > 0 ? Math.max(1, all.length / limit) : 1;
  return all.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
}

async function engines() {
  const wished = options.engine === 'both' ? ['native', 'wasm'] : [options.engine];
  const loaded = [];
  for (const name of wished) {
    try {
      loaded.push(await loadParser(name));
    } catch (error) {
      if (wished.length === 1) throw error;
      console.log(`engine ${name} does not load here, left out: ${error.message}`);
    }
  }
  return loaded;
}

/** Facts as lists of strings, beside the same lists from CPython. */
function compared(facts, text, truth) {
  const starts = lineStarts(text);
  const found = {
    imports: importRows(facts, knowsNameLines(truth.imports)),
    scopes: scopeRows(facts, (offset) => lineIndex(starts, offset) + 1),
    loads: loadRows(facts),
    exports: facts.exports?.names.map((each) => each.name) ?? [],
  };
  return AREAS.map((area) => {
    if (truth[area] === null) return { area, missing: [], invented: [] };
    const findings = difference(truth[area], found[area]);
    return { area, ...(area === 'scopes' ? exceptDeleted(findings, truth.deleted) : findings) };
  });
}

/** symtable counts a name that is only deleted in a scope as bound there. */
function exceptDeleted({ missing, invented }, deleted) {
  const without = (row) => {
    const [kind, line, names] = row.split('|');
    return [kind, line, names.split(',').filter((name) => !deleted.includes(name))].join('|');
  };
  return deleted.length > 0 ? difference(missing.map(without), invented.map(without)) : { missing, invented };
}

function emptyCounts() {
  const counts = { files: 0, statements: 0, unsure: 0, unlikeFacts: 0, milliseconds: 0 };
  for (const area of AREAS) counts[area] = { missing: 0, invented: 0 };
  return counts;
}

let shown = 0;
function show(line) {
  if (shown++ < Number(options.show)) console.log(line.slice(0, 4000));
}

function judge(parser, counts, text, truth) {
  const start = performance.now();
  const facts = extractFacts(text, parser.parse(text));
  counts.milliseconds += performance.now() - start;
  counts.files++;
  counts.statements += truth.imports.length;
  if (facts.syntaxErrors.length > 0) {
    counts.unsure++;
    const [{ start: from, end }] = facts.syntaxErrors;
    show(
      `${truth.path}: ${parser.engine}: error node at ${from}: ${JSON.stringify(text.slice(from, Math.min(end, from + 80)))}`,
    );
  }
  // Where the grammar gives up, only the imports are promised; regraft takes such a file for one it cannot read.
  const areas = compared(facts, text, truth).filter(
    ({ area }) => area === 'imports' || facts.syntaxErrors.length === 0,
  );
  count(counts, truth.path, parser.engine, areas);
  return facts;
}

function count(counts, path, engine, areas) {
  for (const { area, missing, invented } of areas) {
    counts[area].missing += missing.length;
    counts[area].invented += invented.length;
    const few = (rows) => JSON.stringify(rows.slice(0, 3).map((row) => row.slice(0, 2000)));
    if (missing.length + invented.length > 0)
      show(`${path}: ${engine}: ${area}: missing ${few(missing)} invented ${few(invented)}`);
  }
}

/** What the skim of tokens finds, where it is sure. The grammar is asked by the same parser as the facts. */
function judgeSkim(counts, parser, text, truth, facts) {
  const start = performance.now();
  const found = skim(text, (excerpt) => extractFacts(excerpt, parser.parse(excerpt)));
  counts.milliseconds += performance.now() - start;
  counts.files++;
  counts.statements += truth.imports.length;
  if (found === null) {
    counts.unsure++;
    return;
  }
  count(counts, truth.path, 'skim', skimAreas(found, truth));
  const differences = facts.syntaxErrors.length > 0 ? [] : skimDifferences(found, condense(facts, text));
  if (differences.length > 0) counts.unlikeFacts++;
  for (const { field, texts } of differences) show(`${truth.path}: skim: ${field}: ${texts[0]}\n  facts: ${texts[1]}`);
}

function skimAreas(found, truth) {
  const isModule = (row) => row.startsWith('module|');
  const expected = {
    imports: truth.imports,
    scopes: truth.scopes?.filter(isModule) ?? null,
    exports: truth.exports,
  };
  const rows = {
    imports: importRows(found, knowsNameLines(truth.imports)),
    scopes: [moduleRow(found)],
    exports: found.exports?.names ?? [],
  };
  const known = Object.keys(rows).filter((area) => expected[area] !== null);
  return known.map((area) => {
    const findings = difference(expected[area], rows[area]);
    return { area, ...(area === 'scopes' ? exceptDeleted(findings, truth.deleted) : findings) };
  });
}

async function main() {
  const parsers = await engines();
  const counts = new Map([...parsers.map((parser) => parser.engine), 'skim'].map((name) => [name, emptyCounts()]));
  const apart = { unparsable: 0, undecodable: 0, differing: 0 };
  const files = filesToRead();
  let turn = 0;
  for await (const truth of jsonLines(AST, files.join('\0'))) {
    // Native trees are freed only when the event loop turns.
    if (++turn % 20 === 0) await new Promise(setImmediate);
    const source = decodePython(readFileSync(truth.path));
    if (truth.error) apart.unparsable++;
    else if ('undecodable' in source) {
      apart.undecodable++;
      show(`${truth.path}: ${source.undecodable}`);
    } else {
      const facts = parsers.map((parser) => judge(parser, counts.get(parser.engine), source.text, truth));
      judgeSkim(counts.get('skim'), parsers[0], source.text, truth, facts[0]);
      if (new Set(facts.map(hashOf)).size > 1) apart.differing++;
    }
  }
  report(files.length, counts, apart);
}

const hashOf = (facts) => createHash('sha256').update(JSON.stringify(facts)).digest('hex');

function report(files, counts, apart) {
  console.log(run(PYTHON, ['--version']).stdout.trim());
  console.log(
    `${files} files; ${apart.unparsable} not parsed by CPython, ${apart.undecodable} in an encoding not supported`,
  );
  const head = ['engine', 'files', 'imports', ...AREAS.flatMap((area) => [`${area} -`, '+']), 'unsure', 'seconds'];
  const rows = [...counts].map(([engine, each]) => [
    engine,
    each.files,
    each.statements,
    ...AREAS.flatMap((area) => [each[area].missing, each[area].invented]),
    each.unsure,
    Number((each.milliseconds / 1000).toFixed(1)),
  ]);
  console.log(table([head, ...rows]));
  console.log(`files whose skim differs from their facts: ${counts.get('skim').unlikeFacts}`);
  if (counts.size > 2) console.log(`files whose facts differ between the engines: ${apart.differing}`);
  const disagreements = [...counts.values()].reduce((sum, each) => sum + areaSum(each) + each.unlikeFacts, 0);
  process.exitCode = disagreements + apart.differing > 0 ? 1 : 0;
}

const areaSum = (each) => AREAS.reduce((sum, area) => sum + each[area].missing + each[area].invented, 0);

await main();
