import { describe, expect, test } from 'vitest';
import { fileKind } from '../../src/core/file-kinds.js';
import { findMentions, type MentionTarget } from '../../src/core/mentions.js';
import { brief, RUNNER, X } from './mentions-support.js';

const PACKAGE: MentionTarget = { key: 'p', dottedNames: ['a.pack'], path: 'a/pack/__init__.py', name: 'pack' };
const SRC: MentionTarget = { key: 's', dottedNames: ['pkg.part'], path: 'src/pkg/part.py', name: 'part' };

function check(
  path: string,
  text: string,
  expected: string | readonly string[],
  targets = [X, RUNNER, PACKAGE, SRC],
): void {
  const mentions = findMentions({ path, kind: fileKind(path, () => Buffer.from(text)), text }, targets);
  expect(mentions.map((m) => brief(text, m))).toEqual(typeof expected === 'string' ? [expected] : expected);
}

const D = 'dotted integration.x_robust';
const P = 'path integration/x_robust.py';
const N = 'name x_robust possible leave';

const CASES: readonly (readonly [string, string, string | readonly string[]])[] = [
  // word boundaries
  ['a.md', 'x_robust2 my_x_robust xx_robust x_robusté', []],
  ['a.md', 'éx_robust \u{20000}x_robust', []],
  ['a.md', 'x_robust', N],
  ['a.md', '(x_robust)', N],
  ['a.md', 'x_robust-y', N],
  ['a.json', '{"m":"failed:\\nx_robust \\u001bx_robust"}', [N, N]],
  ['a.md', 'foo.integration.x_robust', N],
  ['a.md', 'TestMaster.integration.x_robust', 'dotted TestMaster.integration.x_robust possible leave'],
  ['a.md', 'xintegration.x_robust', N],
  ['a.md', 'integration.x_robust2', []],
  ['a.md', 'integration.x_robust. Then', `${D} possible leave`],
  ['a.md', 'integration.x_robust.A.b', `${D}|.A.b possible leave`],
  ['a.md', 'integration.x_robust:app', `${D}|:app possible leave`],
  ['a.md', 'integration.x_robust: text', `${D} possible leave`],
  ['docs.md', '/api/integration.x_robust.html', N],
  // paths
  ['a.md', 'integration/x_robust.py', `${P} possible leave`],
  ['a.md', './integration/x_robust.py', `${P} possible leave`],
  ['a.md', '/srv/app/integration/x_robust.py', `${P} possible leave`],
  ['a.md', 'integration\\x_robust.py', 'path integration\\x_robust.py possible leave'],
  ['a.json', '{"p": "integration\\\\x_robust.py"}', 'path integration\\\\x_robust.py possible leave'],
  ['a.md', 'C:\\w\\TestMaster\\integration\\x_robust.py', 'path TestMaster\\integration\\x_robust.py possible leave'],
  ['a.md', 'x_robust.py', 'path x_robust.py possible leave'],
  ['a.md', 'integration/x_robust', 'path integration/x_robust possible leave'],
  ['a.md', 'integration/x_robust.pyc', N],
  ['a.md', 'integration/x_robust.md', N],
  ['a.md', 'integration/x_robust/y.py', N],
  ['a.md', 'integration/x_robust.py::Test', `${P} possible leave`],
  ['a.md', 'old-x_robust.py', N],
  ['a.md', 'a.x_robust.py', N],
  [
    'a.md',
    'src/pkg/part.py pkg/part.py part.py',
    ['path src/pkg/part.py possible leave', 'path pkg/part.py possible leave', 'path part.py possible leave'],
  ],
  ['a.md', 'a/pack/util.py', 'path a/pack|/util.py possible leave'],
  ['a.md', 'a/pack/__init__.py', 'path a/pack/__init__.py possible leave'],
  ['a.md', 'a/pack.py', 'name pack possible leave'],
  // configuration
  ['pyproject.toml', '[project.scripts]\nx = "integration.x_robust:main"', `${D}|:main certain rewrite`],
  ['pyproject.toml', '[project]\nscripts = {x = "integration.x_robust:main"}', `${D}|:main certain rewrite`],
  ['pyproject.toml', '[project.entry-points."pytest11"]\nx = "integration.x_robust"', `${D} certain rewrite`],
  ['pyproject.toml', '[tool.poetry.scripts]\nx = "integration.x_robust:main"', `${D}|:main certain rewrite`],
  ['pyproject.toml', '[project.scripts]\nt = "runner:main"', 'dotted runner|:main certain rewrite'],
  [
    'setup.cfg',
    '[options.entry_points]\nconsole_scripts =\n    x = integration.x_robust:main',
    `${D}|:main certain rewrite`,
  ],
  ['pyproject.toml', '[tool.x]\n# integration.x_robust', `${D} possible leave`],
  ['pyproject.toml', '[tool.x]\na = "#" # integration.x_robust', `${D} possible leave`],
  ['pyproject.toml', '[tool.x]\na = " # integration.x_robust"', `${D} likely block config-reference`],
  ['pyproject.toml', '[tool.x]\na = ["integration.x_robust.A"]', `${D}|.A likely block config-reference`],
  ['pyproject.toml', '[tool.setuptools]\npy-modules = ["runner"]', 'name runner likely block config-reference'],
  ['pyproject.toml', '[tool.ruff.lint.per-file-ignores]\n"integration/x_robust.py" = ["E1"]', `${P} likely leave`],
  ['pyproject.toml', '[[tool.mypy.overrides]]\nmodule = "integration.x_robust"', `${D} likely leave`],
  ['pyproject.toml', '[tool.mypy]\nplugins = ["integration.x_robust"]', `${D} likely block config-reference`],
  ['pyproject.toml', '[tool.coverage.run]\nomit = [\n  "integration/x_robust.py",\n]', `${P} likely leave`],
  ['pyproject.toml', '[tool.importlinter]\nmodules = ["integration.x_robust"]', `${D} likely block config-reference`],
  ['.coveragerc', '[run]\nomit =\n  integration/x_robust.py', `${P} likely leave`],
  ['setup.cfg', '[flake8]\nper-file-ignores =\n  integration/x_robust.py:E501', `${P} likely leave`],
  ['mypy.ini', '[mypy-integration.x_robust]\nignore_errors = true', `${D} likely leave`],
  ['conf.ini', '[a]\n; integration.x_robust', `${D} possible leave`],
  [
    'app.yaml',
    'handlers:\n  h:\n    class: integration.x_robust.Handler',
    `${D}|.Handler likely block config-reference`,
  ],
  ['app.yaml', 'description: uses integration.x_robust', `${D} possible leave`],
  ['app.yaml', 'modules:\n  - x_robust', 'name x_robust likely block config-reference'],
  ['app.yaml', 'modules: [x_robust, y]', 'name x_robust likely block config-reference'],
  ['app.yaml', 'x_robust:\n  a: 1', N],
  ['app.yaml', 'note: the x_robust thing', N],
  ['.env', 'DJANGO_SETTINGS_MODULE=integration.x_robust', `${D} likely block config-reference`],
  ['.github/CODEOWNERS', '/integration/x_robust.py @a', `${P} possible leave`],
  ['package.json', '{"scripts":{"x":"python -m integration.x_robust --a"}}', `${D} certain rewrite`],
  ['.vscode/launch.json', '{"module": "integration.x_robust"}', `${D} likely block config-reference`],
  [
    '.vscode/launch.json',
    '{"program": "${workspaceFolder}/integration/x_robust.py"}',
    `${P} likely block config-reference`,
  ],
  ['mkdocs.yml', 'url: https://e.org/blob/main/integration/x_robust.py', `${P} possible leave`],
  ['conf.toml', '[x_robust]\na = 1', N],
  ['conf.toml', '[[runner.sub]]\na = 1', 'name runner possible leave'],
  [
    'serverless.yml',
    'functions:\n  a:\n    handler: integration/x_robust.run',
    'path integration/x_robust|.run likely block config-reference',
  ],
  [
    'serverless.yml',
    'functions:\n  a: {handler: "./integration/x_robust.run"}',
    'path integration/x_robust|.run likely block config-reference',
  ],
  [
    'integration/serverless.yml',
    'functions:\n  a:\n    handler: x_robust.run',
    'path x_robust|.run likely block config-reference',
  ],
  [
    'serverless.json',
    '{"handler": "integration/x_robust.run"}',
    'path integration/x_robust|.run likely block data-reference',
  ],
  ['template.yaml', '      Handler: integration.x_robust.run', `${D}|.run likely block config-reference`],
  ['serverless.yml', 'output: integration/x_robust.run', N],
  ['serverless.yml', 'handler: other/x_robust.run', N],
  ['serverless.yml', 'handler: integration/x_robust.run.sh', N],
  // build files
  ['Makefile', 'run:\n\tpython -m integration.x_robust', `${D} certain rewrite`],
  ['Makefile', 'run:\n\t$(PYTHON) -m integration.x_robust', `${D} certain rewrite`],
  ['Makefile', 'run:\n\tpython3.11 -X dev -u -m integration.x_robust.sub', `${D}|.sub certain rewrite`],
  ['run.sh', 'python -mintegration.x_robust', `${D} certain rewrite`],
  ['run.sh', 'pytest -m x_robust', N],
  ['run.sh', 'python -m pytest -k x_robust', N],
  ['run.sh', 'python -m runner', 'dotted runner certain rewrite'],
  ['run.sh', '# python -m integration.x_robust', `${D} possible leave`],
  ['run.sh', 'echo "#" && python -m integration.x_robust', `${D} certain rewrite`],
  ['Dockerfile', 'CMD ["python", "-m", "integration.x_robust"]', `${D} certain rewrite`],
  ['Dockerfile', 'CMD ["uvicorn", "integration.x_robust:app"]', `${D}|:app certain rewrite`],
  ['Procfile', 'web: gunicorn -w 4 integration.x_robust:app', `${D}|:app certain rewrite`],
  ['Procfile', 'w: celery -A integration.x_robust worker', `${D} certain rewrite`],
  ['run.sh', 'flask --app integration.x_robust run', `${D} certain rewrite`],
  ['run.sh', 'python integration/x_robust.py', `${P} certain rewrite`],
  ['run.sh', 'python -u ./integration/x_robust.py', `${P} certain rewrite`],
  ['run.sh', 'cd sub && python integration/x_robust.py', `${P} likely block build-reference`],
  ['run.sh', 'cat integration/x_robust.py', `${P} likely block build-reference`],
  ['run.sh', 'python $DIR/x_robust.py', 'path x_robust.py likely block build-reference'],
  ['run.sh', 'for m in a x_robust; do python -m integration.$m; done', 'name x_robust likely block build-reference'],
  ['run.bat', 'REM python integration\\x_robust.py', 'path integration\\x_robust.py possible leave'],
  ['run.bat', 'python integration\\x_robust.py', 'path integration\\x_robust.py likely block build-reference'],
  [
    '.github/workflows/ci.yml',
    'jobs:\n  a:\n    steps:\n      - run: python -m integration.x_robust',
    `${D} certain rewrite`,
  ],
  ['.github/workflows/ci.yml', 'matrix:\n  m: [a, x_robust]', 'name x_robust likely block build-reference'],
  ['tox.ini', '[testenv]\ncommands =\n  python integration/x_robust.py', `${P} certain rewrite`],
  // documents
  ['a.rst', '.. automodule:: integration.x_robust\n', `${D} certain rewrite`],
  ['a.rst', '.. autoclass:: integration.x_robust.C\n', `${D}|.C certain rewrite`],
  ['a.md', '::: integration.x_robust', `${D} certain rewrite`],
  ['a.rst', 'see :mod:`integration.x_robust`', `${D} certain rewrite`],
  ['a.rst', 'see :py:class:`~integration.x_robust.C`', `${D}|.C certain rewrite`],
  ['a.rst', 'see :class:`the C <integration.x_robust.C>`', `${D}|.C certain rewrite`],
  ['a.rst', '>>> from integration.x_robust import f', `${D} certain rewrite`],
  ['a.rst', '>>> from integration import x_robust', 'name x_robust likely block string-reference'],
  ['a.md', 'run python -m integration.x_robust', `${D} possible leave`],
  // data
  ['a.json', '{"plugin": "integration.x_robust"}', `${D} likely block data-reference`],
  ['a.json', '{"plugin": "integration.x_robust:App"}', `${D}|:App likely block data-reference`],
  ['a.json', '{"integration.x_robust": 1}', `${D} likely block data-reference`],
  ['a.json', '{"t": "see integration.x_robust"}', `${D} possible leave`],
  ['a.json', '{"name": "x_robust"}', N],
  ['a.csv', 'integration.x_robust,1', `${D} possible leave`],
  ['a.html', '<a href="integration.x_robust">', `${D} possible leave`],
  // JavaScript
  ['a.js', "spawn('python', ['-m', 'integration.x_robust'])", `${D} likely block javascript-reference`],
  ['a.ts', 'const p = "integration/x_robust.py"', `${P} likely block javascript-reference`],
  ['a.js', '// integration/x_robust.py', `${P} possible leave`],
  [
    'a.js',
    '/* a\n * integration.x_robust */ f("integration.x_robust")',
    [`${D} possible leave`, `${D} likely block javascript-reference`],
  ],
  ['a.js', 'const u = "http://h//"; f("integration.x_robust")', `${D} likely block javascript-reference`],
  ['a.js', 'const r = /[//]/; f("integration.x_robust")', `${D} likely block javascript-reference`],
  ['a.js', 'import a from "./integration/x_robust"', 'path integration/x_robust possible leave'],
  ['a.js', 'const x_robust = 1', N],
  // notebooks and Python that does not parse
  ['a.ipynb', '{"cells":[\n"%run integration/x_robust.py"\n]}', `${P} likely block path-reference`],
  ['a.ipynb', '{"cells":[\n"!python -m integration.x_robust"\n]}', `${D} likely block string-reference`],
  ['a.ipynb', '{"cells":[\n"text integration.x_robust"\n]}', `${D} possible leave`],
  ['broken.py', 'import integration.x_robust (', `${D} likely block string-reference`],
];

describe('findMentions', () => {
  test.each(CASES)('%s: %j', (path, text, expected) => check(path, text, expected));

  test('tells another file of the same name apart', () => {
    const files = new Set(['other/integration/x_robust.py', 'sub/integration/x_robust.py', 'integration/x_robust.py']);
    const find = (path: string, text: string) =>
      findMentions({ path, kind: 'build', text }, [X], (p) => files.has(p)).map((m) => m.decision);
    expect(find('run.sh', 'cat other/integration/x_robust.py')).toEqual(['leave']);
    expect(find('run.sh', 'cat another/integration/x_robust.py')).toEqual(['block']);
    expect(find('sub/run.sh', 'cat integration/x_robust.py')).toEqual(['block']);
    expect(find('sub/run.sh', 'cat ./x_robust.py')).toEqual(['block']);
    expect(find('other/integration/run.sh', 'cat x_robust.py')).toEqual(['leave']);
    expect(find('integration/run.sh', 'cat x_robust.py')).toEqual(['block']);
  });

  test('gives the place, the line and the class', () => {
    const text = 'a\r\n  é\u{1F600} integration.x_robust.C  \r\n';
    const [mention] = findMentions({ path: 'd/a.md', kind: 'docs', text }, [X]);
    expect(mention).toEqual({
      target: 'x',
      path: 'd/a.md',
      line: 2,
      column: 7,
      span: { start: 9, end: 29 },
      text: 'é\u{1F600} integration.x_robust.C',
      form: 'dotted',
      tail: '.C',
      class: 'docs',
      effect: 'mention',
      confidence: 'possible',
      decision: 'leave',
      reason: 'Documentation mentions it; nothing imports through prose.',
      code: null,
    });
  });

  test('gives a shared name to the target that is spelled out, and a bare one to all', () => {
    const other: MentionTarget = { key: 'y', dottedNames: ['b.x_robust'], path: 'b/x_robust.py', name: 'x_robust' };
    const find = (text: string) => findMentions({ path: 'a.md', kind: 'docs', text }, [X, other]).map((m) => m.target);
    expect(find('integration.x_robust')).toEqual(['x']);
    expect(find('b/x_robust.py')).toEqual(['y']);
    expect(find('x_robust')).toEqual(['x', 'y']);
  });

  test('names of prototype members and patterns are plain text', () => {
    for (const name of ['constructor', '__proto__', 'a+b', '(x', '$&']) {
      const target = { key: name, dottedNames: [`p.${name}`], path: `p/${name}.py`, name };
      const text = `see p.${name} and p/${name}.py`;
      const found = findMentions({ path: 'a.md', kind: 'docs', text }, [target]);
      expect(found.map((m) => m.form)).toEqual(['dotted', 'path']);
    }
    expect(findMentions({ path: 'a.md', kind: 'docs', text: 'abc' }, [{ ...X, name: '' }])).toEqual([]);
  });

  test('an enormous line is cut around each mention', () => {
    const text = `${'y '.repeat(100_000)}"integration.x_robust"${' z'.repeat(100_000)}`;
    const [mention] = findMentions({ path: 'a.json', kind: 'data', text }, [X]);
    expect(mention?.text.length).toBeLessThanOrEqual(200);
    expect(mention?.text).toContain('integration.x_robust');
    expect(mention?.column).toBe(200_002);
  });

  test('every word of the name is judged once, whatever surrounds it', () => {
    const pieces = ['x_robust', '.', '/', '\\', ' ', 'integration', '"', '\n', 'é', '\u0007', ':', '-', 'py', '#'];
    let seed = 7;
    for (let round = 0; round < 300; round++) {
      let text = '';
      for (let i = 0; i < 30; i++) {
        seed = (seed * 1103515245 + 12345) % 2147483648;
        text += pieces[seed % pieces.length];
      }
      for (const path of ['a.md', 'a.json', 'a.yaml', 'a.toml', 'run.sh', 'a.js', 'a.ipynb', 'a.py']) {
        const found = findMentions({ path, kind: fileKind(path, () => Buffer.from('')), text }, [X]);
        const words = [...text.matchAll(/(?<![\p{ID_Continue}])x_robust(?![\p{ID_Continue}])/gu)].map((m) => m.index);
        const covered = words.filter((at) => found.filter((m) => m.span.start <= at && at < m.span.end).length === 1);
        expect(covered).toEqual(words);
        expect(found).toHaveLength(words.length);
        expect(found.every((m) => m.reason !== '' && (m.code !== null) === (m.decision === 'block'))).toBe(true);
      }
    }
  });
});
