/** What the build configuration says of package places and dependencies: pyproject.toml, setup.cfg, setup.py, pytest.ini, tox.ini. */
import { parse } from 'smol-toml';
import type { Declared } from './layout.js';
import type { Snapshot } from './model.js';

interface Draft {
  readonly roots: Set<string>;
  readonly mounts: Record<string, string>;
  readonly dependencies: Set<string>;
  readonly required: Set<string>;
}

/** Reads the configuration at the top of the repository. What cannot be parsed declares nothing. */
export function declaredLayout(snapshot: Snapshot): Declared {
  const draft: Draft = { roots: new Set(), mounts: Object.create(null), dependencies: new Set(), required: new Set() };
  fromPyproject(textOf(snapshot, 'pyproject.toml'), draft);
  fromSetupCfg(ini(textOf(snapshot, 'setup.cfg')), draft);
  for (const name of ['pytest.ini', 'tox.ini', 'setup.cfg']) fromPytest(ini(textOf(snapshot, name)), draft);
  fromSetupPy(textOf(snapshot, 'setup.py'), draft);
  for (const { path } of snapshot.files)
    if (/^(?:requirements(?:\/|[\w.-]*\.)[\w./-]*(?:txt|in))$/.test(path))
      fromRequirements(textOf(snapshot, path), draft, path !== 'requirements.txt');
  return { roots: [...draft.roots], mounts: draft.mounts, dependencies: draft.dependencies, required: draft.required };
}

function textOf(snapshot: Snapshot, path: string): string {
  const bytes = snapshot.entry(path) ? snapshot.read(path) : null;
  return bytes instanceof Uint8Array ? Buffer.from(bytes).toString('utf8') : '';
}

/** A directory as written, as a path of the repository; `null` when it leads out of it. */
function directory(written: unknown): string | null {
  if (typeof written !== 'string') return null;
  const path = written
    .replaceAll('\\', '/')
    .replace(/^(?:\$\{?\w+\}?\/)/, '')
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
  return path.includes('..') || written.startsWith('/') ? null : path;
}

function addRoot(draft: Draft, written: unknown): void {
  const path = directory(written);
  if (path) draft.roots.add(path);
}

/** `{'': 'src'}` is a root, `{'app': 'src/app'}` says the same, `{'app': 'source'}` gives a directory another name. */
function addPlace(draft: Draft, name: string, written: unknown): void {
  const path = directory(written);
  if (path === null) return;
  const tail = name.replaceAll('.', '/');
  if (name === '') draft.roots.add(path);
  else if (path === tail || path.endsWith(`/${tail}`)) addRoot(draft, path.slice(0, path.length - tail.length));
  else if (!name.includes('.') && path !== '') draft.mounts[name] = path;
}

/** Distributions whose modules have other names, of those that many projects need. */
const IMPORT_NAMES: Readonly<Record<string, readonly string[]>> = {
  attrs: ['attr'],
  beautifulsoup4: ['bs4'],
  pillow: ['pil'],
  protobuf: ['google'],
  pyjwt: ['jwt'],
  pyopenssl: ['openssl'],
  pyyaml: ['yaml'],
  scikit_learn: ['sklearn'],
};

/** Import names are usually the distribution's, with `_` for `-`; others are not recognised, which is only more careful. */
function addDependency(draft: Draft, requirement: unknown, isOptional = false): void {
  const name = typeof requirement === 'string' ? /^\s*([A-Za-z0-9][\w.-]*)/.exec(requirement)?.[1] : undefined;
  if (!name || name === 'python') return;
  const top = name.toLowerCase().replaceAll('-', '_');
  const names = [top, top.replace(/^python_/, ''), ...(IMPORT_NAMES[top] ?? [])];
  // A marker (`; python_version < '3.11'`) leaves it out somewhere.
  const isRequired = !isOptional && !String(requirement).includes(';');
  for (const each of names) {
    draft.dependencies.add(each);
    if (isRequired) draft.required.add(each);
  }
}

type Table = Readonly<Record<string, unknown>>;

function table(value: unknown, ...keys: readonly string[]): Table {
  let here = value;
  for (const key of keys) here = isTable(here) && Object.hasOwn(here, key) ? here[key] : undefined;
  return isTable(here) ? here : {};
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

function fromPyproject(text: string, draft: Draft): void {
  let document: unknown;
  try {
    document = parse(text);
  } catch {
    return;
  }
  const setuptools = table(document, 'tool', 'setuptools');
  for (const [name, path] of Object.entries(table(setuptools, 'package-dir'))) addPlace(draft, name, path);
  for (const path of list(table(setuptools, 'packages', 'find').where)) addRoot(draft, path);
  for (const path of list(table(document, 'tool', 'pytest', 'ini_options').pythonpath)) addRoot(draft, path);
  const poetry = table(document, 'tool', 'poetry');
  for (const entry of list(poetry.packages)) addRoot(draft, table(entry).from);
  fromHatch(table(document, 'tool', 'hatch', 'build'), draft);
  for (const requirement of list(table(document, 'project').dependencies)) addDependency(draft, requirement);
  for (const extra of Object.values(table(document, 'project', 'optional-dependencies')))
    for (const requirement of list(extra)) addDependency(draft, requirement, true);
  for (const [name, how] of Object.entries(table(poetry, 'dependencies'))) addDependency(draft, name, isTable(how));
}

/** `sources = ["src"]`, `sources = {"src/foo" = "bar"}`, `packages = ["src/foo"]`, at both levels that hatch knows. */
function fromHatch(build: Table, draft: Draft): void {
  for (const target of [build, table(build, 'targets', 'wheel')]) {
    if (isTable(target.sources))
      for (const [path, name] of Object.entries(target.sources)) addPlace(draft, String(name), path);
    else for (const path of list(target.sources)) addRoot(draft, path);
    for (const path of list(target.packages))
      if (typeof path === 'string') addRoot(draft, path.replace(/[^/]*\/?$/, ''));
  }
}

/** Sections of an INI file: keys with their lines; continuation lines belong to the key above. */
function ini(text: string): ReadonlyMap<string, ReadonlyMap<string, readonly string[]>> {
  const sections = new Map<string, Map<string, string[]>>();
  let section = new Map<string, string[]>();
  let values: string[] = [];
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (/^\s*([#;]|$)/.test(line)) continue;
    const header = /^\[([^\]]+)\]/.exec(line)?.[1];
    const pair = /^([\w.-]+)\s*[=:]\s*(.*)$/.exec(line);
    if (header !== undefined) {
      section = sections.get(header.trim()) ?? new Map<string, string[]>();
      sections.set(header.trim(), section);
    } else if (/^\s/.test(line)) values.push(line.trim());
    else if (pair) {
      values = pair[2] ? [pair[2].trim()] : [];
      section.set(pair[1] as string, values);
    }
  }
  return sections;
}

type Ini = ReturnType<typeof ini>;

function fromSetupCfg(sections: Ini, draft: Draft): void {
  const options = sections.get('options');
  for (const line of (options?.get('package_dir') ?? options?.get('package-dir') ?? []).flatMap((l) => l.split(','))) {
    const [name = '', path] = line.split(/[=:]/).map((part) => part.trim());
    if (path !== undefined) addPlace(draft, name, path);
  }
  for (const path of sections.get('options.packages.find')?.get('where') ?? []) addRoot(draft, path);
  for (const requirement of options?.get('install_requires') ?? []) addDependency(draft, requirement);
}

function fromPytest(sections: Ini, draft: Draft): void {
  for (const name of ['pytest', 'tool:pytest'])
    for (const line of sections.get(name)?.get('pythonpath') ?? [])
      for (const path of line.split(/[\s,]+/)) addRoot(draft, path);
}

/** A program; only what is written out plainly is taken from it. */
function fromSetupPy(text: string, draft: Draft): void {
  for (const places of text.matchAll(/package_dir\s*=\s*\{([^}]*)\}/g))
    for (const [, name = '', path] of (places[1] as string).matchAll(/["']([\w.]*)["']\s*:\s*["']([^"']+)["']/g))
      addPlace(draft, name, path);
  for (const listed of text.matchAll(/install_requires\s*=\s*\[([^\]]*)\]/g))
    for (const [, requirement] of (listed[1] as string).matchAll(/["']([^"']+)["']/g))
      addDependency(draft, requirement);
  for (const where of text.matchAll(/find_(?:namespace_)?packages\(\s*(?:where\s*=\s*)?["']([^"']+)["']/g))
    addRoot(draft, where[1]);
}

function fromRequirements(text: string, draft: Draft, isOptional: boolean): void {
  for (const line of text.split(/\r\n|\r|\n/)) addDependency(draft, line, isOptional);
}
