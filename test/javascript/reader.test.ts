/** The reader of scripts: what stands around each text, from where paths are meant, and what does not parse. */
import { describe, expect, it } from 'vitest';
import type { ScriptText } from '../../src/core/mentions/script.js';
import { scriptReader } from '../../src/javascript/reader.js';

const read = scriptReader();

/** The text that holds `HERE`. */
function textIn(source: string, path = 'a.tsx'): ScriptText {
  const facts = read(path, source);
  const at = source.indexOf('HERE');
  const found = facts?.texts.filter(({ parts }) =>
    parts.some(({ span, isComputed }) => !isComputed && span.start <= at && at < span.end),
  );
  if (found?.length !== 1) throw new Error(`${found?.length} texts hold it`);
  return found[0] as ScriptText;
}

describe('what a text is given to', () => {
  it.each<[string, Partial<ScriptText['place']>]>([
    ["spawn('python', ['-m', 'HERE'])", { callee: 'spawn', argument: 1, preceding: ['-m'], command: 'python' }],
    ["cp?.spawn(py, ['-u', '-m', `HERE`] as const)", { callee: 'cp.spawn', preceding: ['-u', '-m'], command: '${py}' }],
    ["require('node:child_process').exec('HERE')", { callee: 'child_process.exec', argument: 0, command: null }],
    [
      "new lambda.Function(this, 'F', { handler: 'HERE' })",
      { callee: 'lambda.Function', argument: 2, keys: ['handler'] },
    ],
    ["const M = 'HERE'; spawn('python', ['-m', M])", { callee: 'spawn', preceding: ['-m'] }],
    [
      "const A = ['-m', 'HERE']; const B = A; run(PY, B)",
      { callee: 'run', argument: 1, preceding: ['-m'], command: '${PY}' },
    ],
    ["const M = 'HERE'; f(M); g(M)", { callee: null }],
    ["let m = 'HERE'; f(m)", { callee: null }],
    ["export const M = 'HERE'; f(M)", { callee: null }],
    ["const M = 'HERE'; { const M = 1; f(M) }", { callee: null }],
    ["const PY = 'python3'; spawn(PY, ['-m', ok ? 'HERE' : other])", { command: 'python3', preceding: ['-m'] }],
    ["export default { webServer: [{ command: 'HERE' }] }", { keys: ['webServer', 'command'], command: 'HERE' }],
    ["x = { apps: [{ script: 'python', args: 'HERE' }] }", { keys: ['apps', 'args'], command: 'python' }],
    ['$`HERE ${x}`', { callee: '$' }],
    ['<Run job="HERE" />', { keys: ['job'] }],
    ["<Run job={'HERE'} />", { keys: ['job'] }],
    ["import a from 'HERE'", { role: 'source' }],
    ["export * from 'HERE'", { role: 'source' }],
    ["const a = await import('HERE')", { role: 'source' }],
    ["const a = require('HERE')", { role: 'source' }],
    ["type A = 'HERE' | 'b'", { role: 'type' }],
    ["x = { 'HERE': 1 }", { role: 'key' }],
    ["x['HERE']", { role: 'key' }],
    ["class A { @D() static readonly jobs: string[] = ['HERE'] }", { keys: ['jobs'] }],
  ])('%s', (source, place) => {
    expect(textIn(source).place).toMatchObject(place);
  });
});

describe('from where a path is meant', () => {
  it.each<[string, string]>([
    ["path.join(__dirname, '..', 'HERE')", 'file  [..][HERE]'],
    ["require('path').resolve(__dirname, 'HERE')", 'file  [HERE]'],
    ["const ROOT = path.resolve(__dirname, '..'); path.join(ROOT, 'a', 'HERE')", 'file .. [a][HERE]'],
    ["join(dirname(fileURLToPath(import.meta.url)), 'HERE')", 'file *,.. [HERE]'],
    ["join(import.meta.dirname, 'HERE', name)", 'file  [HERE] open'],
    ["join(ROOT, 'a', 'HERE')", 'unknown  [a][HERE]'],
    ["join(process.cwd(), 'HERE')", 'work  [HERE]'],
    ["['a', 'HERE'].join('/')", 'null'],
    ["Promise.resolve('HERE')", 'null'],
    ["new URL('./HERE', import.meta.url)", 'file *,.. [./HERE]'],
    ['`${__dirname}/a/HERE`', 'file  [/a/HERE]'],
    ["__dirname + '/HERE'", 'file  [/HERE]'],
    ['`${x}/HERE`', 'unknown  [/HERE]'],
    ["require.resolve('./HERE')", 'file  [./HERE]'],
    ["require('HERE')", 'null'],
    ["spawn('python', ['HERE'])", 'work  [HERE]'],
    ["spawn('python', ['HERE'], { cwd: 'a/b' })", 'work a,b [HERE]'],
    ["spawn('python', ['HERE'], { ...rest })", 'unknown  [HERE]'],
    ["spawn('python', ['HERE'], options)", 'unknown  [HERE]'],
    ["const o = { cwd: __dirname }; spawn('python', ['HERE'], o)", 'file  [HERE]'],
    ["PythonShell.run('HERE', { scriptPath: path.join(__dirname, 'a') })", 'file a [HERE]'],
    ["new PythonShell('HERE')", 'work  [HERE]'],
    ["x = { script: 'HERE', cwd: './a' }", 'work a [HERE]'],
    ["new PythonFunction(this, 'F', { entry: 'a', index: 'HERE' })", 'work a [HERE]'],
    [
      "new Function(this, 'F', { code: Code.fromAsset(join(__dirname, 'a')), handler: 'HERE.b' })",
      'file a [HERE.b] handler',
    ],
    ["x = { handler: 'a/HERE.b' }", 'either  [a/HERE.b] handler'],
    ["f('HERE')", 'null'],
  ])('%s', (source, expected) => {
    const { path } = textIn(source);
    const pieces = path?.pieces.map(({ start, end }) => `[${source.slice(start, end)}]`).join('');
    const flags = `${path?.isOpen ? ' open' : ''}${path?.as === 'handler' ? ' handler' : ''}`;
    expect(path ? `${path.from} ${path.steps.join()} ${pieces}${flags}` : 'null').toBe(expected);
  });
});

describe('parts of a text', () => {
  it.each<[string, string]>([
    ["'a ' + b + `c${d}e`", '[a ]{b}[c]{d}[e]'],
    ["('a' as string) + 'b'", '[a][b]'],
    ['`a${`b`}`', '[a]{`b`}[] [b]'],
    ["a + 'ü𝒳' - 1", '{a}[ü𝒳]'],
    ['/a\\.b/g', '[/a\\.b/g]'],
    ['<p>Über {x}</p>', '[Über ]'],
    ["'use strict'", '[use strict]'],
  ])('%s', (source, expected) => {
    const texts = read('a.tsx', source)?.texts ?? [];
    const shown = texts.map(({ parts }) =>
      parts
        .map(({ span, isComputed }) => [source.slice(span.start, span.end), isComputed] as const)
        .map(([text, isComputed]) => (isComputed ? `{${text}}` : `[${text}]`))
        .join(''),
    );
    expect(shown.join(' ')).toBe(expected);
  });
});

describe('dialects', () => {
  it.each([
    ['a.js', "#!/usr/bin/env node\nvar old = '\\033[0m'; with (a) { b }"],
    ['a.js', 'const a = <A b="c" />'],
    ['a.js', '// @flow\nimport typeof T from "t"; const a = (b: any); type A = {| b: ?string |}'],
    ['a.cjs', 'return await f()'],
    ['a.mjs', 'import a from "a" with { type: "json" }; export { a }'],
    ['a.ts', 'const a = <T>b; enum E { A = "a" } abstract class B<const T> { declare c: string; @d() accessor e = 1 }'],
    ['a.mts', 'export default {} satisfies A'],
    ['a.cts', 'import a = require("a"); export = a'],
    ['a.tsx', 'const a = <A<T> b={c!}>{...d}</A>'],
    ['bin/run', '#!/usr/bin/env node\nrequire("a")\n'],
  ])('%s parses: %s', (path, source) => {
    expect(read(path, source)).not.toBeNull();
  });

  it.each([
    ['a.js', 'start("a'],
    ['a.ts', '<<<<<<< ours\n'],
    ['a.vue', '<script>f("a")</script>'],
    ['a.js', `${'['.repeat(200_000)}`],
  ])('%s does not: %#', (path, source) => {
    expect(read(path, source)).toBeNull();
  });

  it('reads what is nested deeply, and long sums, without recursion of its own', () => {
    const sum = `x = ${Array.from({ length: 3000 }, (_, index) => `'a${index}'`).join(' + ')}`;
    expect(read('a.js', sum)?.texts).toHaveLength(1);
    expect(read('a.js', `x = ${'['.repeat(100)}'a'${']'.repeat(100)}`)?.texts).toHaveLength(1);
  });
});
