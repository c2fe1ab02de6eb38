/** The transform as jscodeshift runs it: bytes that name nothing stay, what is doubtful is reported. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import jscodeshift from 'jscodeshift';
import { applyTransform } from 'jscodeshift/src/testUtils.js';
import { describe, expect, it } from 'vitest';
import transform from '../../transforms/javascript-references.js';

const MAP = {
  'jobs.nightly': 'batch.nightly_run',
  'scripts/report.py': 'tools/build.py',
  'app/jobs/': 'app/core/jobs',
};

function run(
  source: string,
  path = 'web/a.tsx',
  map: unknown = MAP,
): { output: string | undefined; reports: string[] } {
  const reports: string[] = [];
  const api = { j: jscodeshift, jscodeshift, stats: () => {}, report: (message: string) => void reports.push(message) };
  const output = transform({ path, source }, api, { map } as never);
  return { output, reports };
}

describe('regraft/javascript-references', () => {
  it("is run by jscodeshift's own test tools", () => {
    const source = 'spawn("python", ["-m", \'jobs.nightly\'])';
    const options = { map: MAP };
    expect(applyTransform(transform as never, options, { path: 'a.js', source })).toBe(
      'spawn("python", ["-m", \'batch.nightly_run\'])',
    );
    expect(applyTransform(transform as never, options, { path: 'a.js', source: 'f("jobs.other")' })).toBe('');
  });

  it('is exported by the package under its name', () => {
    const { exports } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
    expect(exports['./javascript-references'].default).toBe('./dist/transforms/javascript-references.js');
  });

  it.each([
    ["\texec('python -m jobs.nightly')\r\n\r\n\t// ü\r\n", "\texec('python -m batch.nightly_run')\r\n\r\n\t// ü\r\n"],
    ["path.join(__dirname, '..', 'scripts', 'report.py')", "path.join(__dirname, '..', 'tools', 'build.py')"],
    ['new URL("../scripts/report.py", import.meta.url)', 'new URL("../tools/build.py", import.meta.url)'],
    [
      "PythonShell.run('report.py', { scriptPath: 'scripts' })",
      "PythonShell.run('../tools/build.py', { scriptPath: 'scripts' })",
    ],
    ["x = { handler: 'jobs/nightly.main' }", "x = { handler: 'batch/nightly_run.main' }"],
    ["require('../app/jobs/a.js')", "require('../app/core/jobs/a.js')"],
    ["spawn('python', ['scripts/report.py'])", "spawn('python', ['tools/build.py'])"],
  ])('%j', (source, expected) => {
    expect(run(source)).toEqual({ output: expected, reports: [] });
  });

  it('reports what is doubtful, with its place, and leaves it', () => {
    const { output, reports } = run(
      "\nf('jobs.nightly')\nspawn('python', ['-m', 'jobs.nightly'])\ng('jobs.' + 'nightly')",
    );
    expect(output).toContain("f('jobs.nightly')");
    expect(output).toContain("'batch.nightly_run'");
    expect(reports).toEqual([
      "web/a.tsx:2: 'jobs.nightly' may be named here. JavaScript code names this module; it may start it.",
      "web/a.tsx:4: 'jobs.nightly' may be named here. The name of a module or a file is put together from parts.",
    ]);
  });

  it('takes the map as JSON, as the command line gives it, and reports files that do not parse', () => {
    expect(run("python('jobs.nightly')", 'a.mjs', JSON.stringify(MAP)).output).toBe("python('batch.nightly_run')");
    expect(run("python('jobs.nightly'", 'a.mjs').reports).toEqual([
      'a.mjs:1: The file does not parse and is left as it is.',
    ]);
    expect(run('f(1)', 'a.mjs', undefined).output).toBeUndefined();
  });
});
