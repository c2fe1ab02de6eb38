/** What is made of names in scripts that parse, and that scripts are only read where they spell a name. */
import { describe, expect, it } from 'vitest';
import { Codebase } from '../../src/core/codebase.js';
import { Linker } from '../../src/core/linker.js';
import { findMentions, type MentionTarget } from '../../src/core/mentions.js';
import { findUsages } from '../../src/core/usages.js';
import { scriptReader } from '../../src/javascript/reader.js';
import { draw, snapshotOf } from '../support/tree.js';

const read = scriptReader();
const X: MentionTarget = { key: 'x', dottedNames: ['pkg.x'], path: 'pkg/x.py', name: 'x' };
const RUN: MentionTarget = { key: 'run', dottedNames: ['scripts.run'], path: 'scripts/run.py', name: 'run' };
const TOP: MentionTarget = { key: 'top', dottedNames: ['top'], path: 'top.py', name: 'top' };
const DIRECTORY: MentionTarget = { key: 'pkg', dottedNames: ['pkg'], path: 'pkg/__init__.py', name: 'pkg' };

/** `form span decision` of each, those of mere words left out. */
function judged(text: string, path = 'web/a.tsx', targets = [X, RUN, TOP]): string {
  const file = { path, kind: 'script-js' as const, text, script: () => read(path, text) };
  return findMentions(file, targets)
    .filter(({ reason }) => !/^The bare word|^It belongs/.test(reason))
    .map(({ form, span, decision }) => `${form} ${text.slice(span.start, span.end)} ${decision}`)
    .join(', ');
}

describe('certain', () => {
  it.each([
    ["spawn('python', ['-m', 'pkg.x', '--a'])", 'dotted pkg.x rewrite'],
    ["spawn(process.env.PYTHON, ['-m', 'pkg.x'])", 'dotted pkg.x rewrite'],
    ["spawn('uv', ['run', '-m', 'pkg.x'])", 'dotted pkg.x rewrite'],
    ["spawn('docker', ['exec', 'web', 'python3', '-m', 'pkg.x'])", 'dotted pkg.x rewrite'],
    ["execFile('python', ['-m', 'top'])", 'dotted top rewrite'],
    ["exec('python -m pkg.x ' + args)", 'dotted pkg.x rewrite'],
    ['execSync(`${py} -X dev -m pkg.x ${a}`)', 'dotted pkg.x rewrite'],
    ['$`python3 -m pkg.x`', 'dotted pkg.x rewrite'],
    ["x = { webServer: { command: 'python -m pkg.x' } }", 'dotted pkg.x rewrite'],
    ["x = { interpreter: 'python', args: '-m pkg.x' }", 'dotted pkg.x rewrite'],
    ["spawn('uvicorn', ['pkg.x:app'])", 'dotted pkg.x rewrite'],
    ["exec('celery -A pkg.x worker')", 'dotted pkg.x rewrite'],
    [
      "python('pkg.x'); python.import('pkg.x'); pyimport('top')",
      'dotted pkg.x rewrite, dotted pkg.x rewrite, dotted top rewrite',
    ],
    ["pyodide.runPython('import pkg.x')", 'dotted pkg.x rewrite'],
    ["x = { handler: 'pkg.x.main' }", 'path pkg.x rewrite'],
    ["x = { handler: 'pkg/x.main' }", 'path pkg/x rewrite'],
    ["new F(this, 'F', { code: Code.fromAsset('pkg'), handler: 'x.main' })", 'path x rewrite'],
    ["new PythonFunction(this, 'F', { entry: 'pkg', index: 'x.py' })", 'path x.py rewrite'],
    ["path.join(__dirname, '..', 'scripts', 'run.py')", 'path run.py rewrite'],
    ["new URL('../scripts/run.py', import.meta.url)", 'path scripts/run.py rewrite'],
    ["import code from '../scripts/run.py?raw'", 'path scripts/run.py rewrite'],
    ["spawn('python', ['-u', 'scripts/run.py', 'a'])", 'path scripts/run.py rewrite'],
    ["spawn('python', ['run.py'], { cwd: 'scripts' })", 'path run.py rewrite'],
    ["exec('python run.py', { cwd: 'scripts' })", 'path run.py rewrite'],
    ["PythonShell.run('run.py', { scriptPath: 'scripts' })", 'path run.py rewrite'],
  ])('%s', (text, expected) => {
    expect(judged(text)).toBe(expected);
  });
});

describe('doubtful', () => {
  it.each([
    ["spawn('git', ['commit', '-m', 'pkg.x'])", 'dotted pkg.x block'],
    ["f('pkg.x')", 'dotted pkg.x block'],
    ["x = { 'pkg.x': 1 }", 'dotted pkg.x block'],
    ["const p: string = 'scripts/run.py'", 'path scripts/run.py block'],
    ["spawn('node', ['scripts/run.py'])", 'path scripts/run.py block'],
    ["process.chdir(d); spawn('python', ['scripts/run.py'])", 'path scripts/run.py block'],
    ["spawn('python', ['scripts/run.py'], { cwd })", 'path scripts/run.py block'],
    ["path.join(ROOT, 'scripts', 'run.py')", 'path run.py block'],
    ["f('pkg.' + 'x')", 'name x block'],
    ["f('pkg.x' + suffix)", 'dotted pkg.x block'],
    ['f(`pkg.x${suffix}`)', 'dotted pkg.x block'],
    ['f(`${base}.x`)', 'name x block'],
    ["f('x'); g(`pkg.${name}`)", 'name x block'],
    ["f('run'); g(path.join(d, 'scripts', name))", 'name run block'],
    ["f('run'); g('scripts/' + name + '.py')", 'name run block'],
    ['/pkg\\.x/.test(a)', 'name x block'],
    ["run('from pkg import x')", 'name x block'],
  ])('%s', (text, expected) => {
    expect(judged(text)).toBe(expected);
  });
});

describe('left', () => {
  it.each([
    ['pkg.x.f(); top.run()', 'dotted pkg.x leave'],
    ["import a from '../pkg/x'; require('../pkg/x')", 'path pkg/x leave, path pkg/x leave'],
    ["i18n.t('pkg.x'); bus.emit('pkg.x')", 'dotted pkg.x leave, dotted pkg.x leave'],
    ['<p>pkg.x</p>', 'dotted pkg.x leave'],
    ['// pkg.x', 'dotted pkg.x leave'],
    ["f('x'); g(`other.${name}`)", ''],
    ["path.join(__dirname, 'other', 'run.py')", ''],
    ["path.join(ROOT, 'other', 'run.py')", ''],
  ])('%s', (text, expected) => {
    expect(judged(text)).toBe(expected);
  });
});

it('follows a path through a package, also to scripts in it', () => {
  const paths = "require('../pkg/a.js'); path.join(__dirname, '..', 'pkg', 'data.json')";
  expect(judged(paths, 'web/a.js', [DIRECTORY])).toBe('path pkg rewrite, path pkg rewrite');
});

it('falls back to the rules for all texts where a script does not parse, and says so', () => {
  const text = "start('pkg/x.py'";
  const file = { path: 'a.js', kind: 'script-js' as const, text, script: () => read('a.js', text) };
  const [mention] = findMentions(file, [X]);
  expect(mention).toMatchObject({ decision: 'block', code: 'javascript-reference', form: 'path' });
  expect(mention?.reason).toMatch(/does not parse; it was read as plain text\.$/);
});

it('reads a script only where it spells a name that is asked for', async () => {
  const { codebase } = await draw({ 'a.py': '' });
  const unwanted = () => {
    throw new Error('not needed');
  };
  const asked: string[] = [];
  const snapshot = snapshotOf({ 'pkg/x.py': '', 'a.js': "f('pkg.y')", 'b.ts': "f('pkg.x')", 'c.md': 'pkg.x' });
  const reader = { facts: () => codebase.unitOrNone('a.py')?.facts ?? unwanted(), skim: unwanted, wordUses: unwanted };
  const own = new Codebase(
    snapshot,
    { ...reader, skim: (_, facts) => ({ ...codebase.unitOrNone('a.py')?.skim, facts }) as never },
    undefined,
    (path, text) => {
      asked.push(path);
      return read(path, text);
    },
  );
  const [usage] = findUsages(new Linker(own), ['pkg/x.py']);
  expect(usage?.usages.map(({ path }) => path)).toContain('b.ts');
  expect(new Set(asked)).toEqual(new Set(['b.ts']));
});
