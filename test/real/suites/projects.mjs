/** Source distributions that bring their own quick test suites, and how a suite is run and compared. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { dotted, movedPath, relabelling, relabelText } from '../preservation/names.mjs';
import { LIBRARY } from '../preservation/packages.mjs';
import { ENVIRONMENT, start } from '../preservation/processes.mjs';
import { beside, PYTHON } from '../support.mjs';

/** `root`: what is on the path; `tops`: what moves. */
export const PROJECTS = [
  { name: 'jinja2', requirement: 'jinja2==3.1.6', root: 'src', tops: ['jinja2'] },
  { name: 'sqlparse', requirement: 'sqlparse==0.6.1', root: '', tops: ['sqlparse'] },
  { name: 'pyflakes', requirement: 'pyflakes==4.1.0', root: '', tops: ['pyflakes'] },
  { name: 'boltons', requirement: 'boltons==26.2.0', root: '', tops: ['boltons'] },
  { name: 'toolz', requirement: 'toolz==1.2.0', root: '', tops: ['toolz', 'tlz'] },
  { name: 'click', requirement: 'click==8.5.1', root: 'src', tops: ['click'] },
  { name: 'mistune', requirement: 'mistune==3.4.0', root: 'src', tops: ['mistune'] },
  { name: 'h11', requirement: 'h11==0.16.0', root: '', tops: ['h11'] },
].map((each) => ({ ...each, layout: 'sdist' }));

const SUITE_SECONDS = 400;

/** The outcome of each test, by its id. */
export async function outcomes(repository, project, scratch) {
  const out = `${scratch}.outcomes.json`;
  rmSync(out, { force: true });
  const env = {
    ...ENVIRONMENT,
    PYTHONPATH: [join(repository, project.root), LIBRARY, beside('suites')].join(':'),
    PYTHONDONTWRITEBYTECODE: '1',
    PYTEST_DISABLE_PLUGIN_AUTOLOAD: '1',
    OUTCOMES: out,
  };
  const args = ['-S', '-m', 'pytest', '-q', '-p', 'no:cacheprovider', '-p', 'outcomes'];
  const { status, stdout, stderr } = await start(PYTHON, args, { cwd: repository, env, limit: SUITE_SECONDS });
  if (existsSync(out)) return new Map(Object.entries(JSON.parse(readFileSync(out, 'utf8'))));
  return new Map([['the suite as a whole', `ended with ${status}: ${(stdout + stderr).trim().slice(-600)}`]]);
}

/** Outcomes with the ids that the tests had before the moves. */
export function relabelled(after, files, moves, project) {
  const former = new Map(files.map((path) => [movedPath(path, moves), path]));
  const relabel = relabelling(files, moves, project.root);
  return new Map(
    [...after].map(([id, outcome]) => {
      const [path, ...rest] = id.split('::');
      return [[former.get(path) ?? path, ...rest.map((part) => relabelText(part, relabel))].join('::'), outcome];
    }),
  );
}

/** The same after a merge, for tests that are called by the module that they are given. */
export function relabelledMerge(after, before, { from, into }, project) {
  const sources = from.map((path) => dotted(path, project.root)).filter((name) => name !== dotted(into, project.root));
  const former = (id) =>
    sources.map((name) => id.replaceAll(dotted(into, project.root), name)).find((each) => before.has(each));
  return new Map([...after].map(([id, outcome]) => [before.has(id) ? id : (former(id) ?? id), outcome]));
}

/** Tests whose outcome is another one. */
export function changes(before, after) {
  const ids = new Set([...before.keys(), ...after.keys()]);
  return [...ids]
    .filter((id) => before.get(id) !== after.get(id))
    .map((id) => `${id}: ${before.get(id) ?? 'absent'} is now ${after.get(id) ?? 'absent'}`);
}

const isTestModule = (path) => /(^|\/)tests?\/(.*\/)?test_\w+\.py$/.test(path);

/** Test modules beside the package, which may be renamed too. */
export const testModules = (files, project) =>
  files.filter((path) => isTestModule(path) && !project.tops.includes(dotted(path, project.root)?.split('.')[0]));
