/**
 * The real packages that are moved about: which, where they come from, and how each is laid out. Everything fetched stays
 * below the cache directory (environment variable BENCH_CACHE, else below the system's temporary directory).
 */
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git, PYTHON, run } from '../support.mjs';

export const CACHE = process.env.BENCH_CACHE ?? join(tmpdir(), 'regraft-bench');
/** Where all packages and what they need are installed; on the judge's path behind the repository. */
export const LIBRARY = join(CACHE, 'lib');

/**
 * `layout`: the package at the top of the repository, below `src/`, or the whole source distribution with its tests.
 * `tops`: its top-level names; `source`: where they stand in the source distribution.
 */
const TABLE = [
  ['click', 'click==8.5.1', 'sdist', ['click'], 'src'],
  ['attrs', 'attrs==26.1.0', 'flat', ['attr', 'attrs']],
  ['jinja2', 'jinja2==3.1.6', 'sdist', ['jinja2'], 'src'],
  ['werkzeug', 'werkzeug==3.1.9', 'sdist', ['werkzeug'], 'src'],
  ['flask', 'flask==3.1.3', 'src', ['flask']],
  ['requests', 'requests==2.34.2', 'flat', ['requests']],
  ['urllib3', 'urllib3==2.8.0', 'src', ['urllib3']],
  ['docutils', 'docutils==0.23', 'flat', ['docutils']],
  ['pygments', 'pygments==2.21.0', 'flat', ['pygments']],
  ['mpmath', 'mpmath==1.4.1', 'flat', ['mpmath']],
  ['parso', 'parso==0.8.7', 'sdist', ['parso'], ''],
  ['prompt_toolkit', 'prompt_toolkit==3.0.53', 'src', ['prompt_toolkit']],
  ['traitlets', 'traitlets==5.16.1', 'flat', ['traitlets']],
  ['trio', 'trio==0.35.0', 'src', ['trio']],
  ['graphql', 'graphql-core==3.3.2', 'src', ['graphql']],
  ['docker', 'docker==7.2.0', 'flat', ['docker']],
  ['rich', 'rich==15.0.0', 'flat', ['rich']],
  ['httpx', 'httpx==0.28.1', 'flat', ['httpx']],
  ['starlette', 'starlette==1.10.0', 'flat', ['starlette']],
  ['jsonschema', 'jsonschema==4.26.0', 'flat', ['jsonschema']],
  ['marshmallow', 'marshmallow==4.4.0', 'sdist', ['marshmallow'], 'src'],
  ['sqlparse', 'sqlparse==0.6.1', 'sdist', ['sqlparse'], ''],
  ['pydantic', 'pydantic==2.14.3', 'flat', ['pydantic']],
  ['opentelemetry', 'opentelemetry-api==1.45.2', 'src', ['opentelemetry']],
  ['azure', 'azure-core==1.41.0', 'flat', ['azure']],
  ['kombu', 'kombu==5.7.0', 'flat', ['kombu']],
  ['celery', 'celery==5.7.0', 'flat', ['celery']],
  ['fsspec', 'fsspec==2026.9.0', 'flat', ['fsspec']],
  ['oauthlib', 'oauthlib==4.0.1', 'flat', ['oauthlib']],
  ['passlib', 'passlib==1.7.4', 'flat', ['passlib']],
  ['lark', 'lark==1.3.1', 'flat', ['lark']],
  ['markdown', 'markdown==3.11.3', 'sdist', ['markdown'], ''],
  ['wtforms', 'wtforms==3.3.2', 'src', ['wtforms']],
  ['markdown_it', 'markdown-it-py==4.3.0', 'flat', ['markdown_it']],
  ['hypothesis', 'hypothesis==6.170.15', 'flat', ['hypothesis']],
];

/** What parts of the packages need beyond their own requirements. */
const COMPANIONS = ['pytest', 'packaging', 'setuptools<80', 'cffi', 'cryptography', 'PySocks', 'h2', 'jsonpath-ng'];

export const PACKAGES = TABLE.map(([name, requirement, layout, tops, source]) => ({
  name,
  requirement,
  layout,
  tops,
  /** Directory of the repository that is on the path. */
  root: layout === 'src' ? 'src' : (source ?? ''),
}));

/** @param wished names separated by commas; all packages without */
export function chosenPackages(wished) {
  const names = wished?.split(',');
  const unknown = names?.filter((name) => !PACKAGES.some((each) => each.name === name)) ?? [];
  if (unknown.length > 0) throw new Error(`no such package here: ${unknown.join(', ')}`);
  return PACKAGES.filter(({ name }) => names?.includes(name) ?? true);
}

const pip = (...args) => run(PYTHON, ['-m', 'pip', '--disable-pip-version-check', '-q', ...args]);

/** Installs all packages once, so that each finds what it needs. */
export function fillLibrary() {
  if (existsSync(join(CACHE, 'complete'))) return;
  console.error(`installing ${PACKAGES.length} packages below ${LIBRARY}`);
  rmSync(LIBRARY, { recursive: true, force: true });
  pip('install', '--target', LIBRARY, ...PACKAGES.map((each) => each.requirement), ...COMPANIONS);
  mkdirSync(join(CACHE, 'complete'));
}

/** The unpacked source distribution of a requirement. */
export function sourceTree(requirement) {
  const directory = join(CACHE, 'sources', requirement.replace('==', '-'));
  if (existsSync(directory)) return directory;
  const partial = `${directory}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  pip('download', '--no-deps', '--no-binary', ':all:', '-d', partial, requirement);
  const [archive] = readdirSync(partial);
  run('tar', ['-xf', join(partial, archive), '-C', partial]);
  rmSync(join(partial, archive));
  renameSync(join(partial, readdirSync(partial)[0]), directory);
  rmSync(partial, { recursive: true });
  return directory;
}

const isClutter = (path) => /(^|\/)(__pycache__|\.git)$|\.pyc$|\.egg-info$/.test(path);

/** A repository with one commit that holds the package in its layout. */
export function makeTemplate(each, directory) {
  const copy = (from, to) => cpSync(from, to, { recursive: true, filter: (path) => !isClutter(path) });
  if (each.layout === 'sdist') copy(sourceTree(each.requirement), directory);
  else for (const top of each.tops) copy(join(LIBRARY, top), join(directory, each.root, top));
  git(directory, 'init', '-q', '-b', 'main');
  git(directory, 'add', '-A', '-f');
  git(directory, 'commit', '-q', '-m', 'Original');
  return git(directory, 'ls-files', '-z').split('\0').filter(Boolean);
}
