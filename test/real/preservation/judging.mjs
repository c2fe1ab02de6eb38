/** Has real Python import every module of a tree, and compares what it saw before and after a plan. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beside, PYTHON } from '../support.mjs';
import { relabelText } from './names.mjs';
import { LIBRARY } from './packages.mjs';
import { ENVIRONMENT, start } from './processes.mjs';

const JUDGE = beside('preservation/judge.py');
const IMPORT_SECONDS = 20;

/** What each module holds, by dotted name. `scratch` is a path that the judge may use and add endings to. */
export async function judge(repository, { root, owned, modules }, scratch) {
  const out = `${scratch}.seen`;
  const spec = { root: join(repository, root), library: LIBRARY, owned, modules, out, limit: IMPORT_SECONDS };
  writeFileSync(`${scratch}.json`, JSON.stringify(spec));
  const { PYTHONPATH: _, ...env } = ENVIRONMENT;
  const { status, stderr } = await start(PYTHON, ['-S', JUDGE, `${scratch}.json`], { env, limit: 1200 });
  if (status !== 0) throw new Error(`the judge ended with ${status}: ${stderr}`);
  const records = readFileSync(out, 'utf8').trimEnd().split('\n').map(JSON.parse);
  for (const path of [`${scratch}.json`, out, `${out}.cache`]) rmSync(path, { recursive: true, force: true });
  return new Map(records.reverse().map((each) => [each.module, each]));
}

/** Stands for a value that differs from run to run. */
const ANYTHING = '*';

/** Two judgements of one tree: whatever differs says nothing. */
export function onlyStable(first, second) {
  for (const [name, seen] of first) {
    const other = second.get(name);
    if (seen.error || !other || other.error) {
      if (!seen.error) first.set(name, { module: name, error: 'unstable' });
      continue;
    }
    for (const kind of ['names', 'lazy'])
      for (const key of Object.keys(seen[kind])) if (seen[kind][key] !== other[kind][key]) seen[kind][key] = ANYTHING;
    if (seen.star !== other.star) seen.star = 'unstable';
    seen.again = seen.again.filter((each) => other.again.some((twin) => String(twin) === String(each)));
  }
  return first;
}

/** An identity with the names of modules as they were before. */
function relabelIdentity(identity, relabel) {
  const kind = identity.slice(0, 2);
  if (kind === 'm:') return `m:${relabel(identity.slice(2))}`;
  if (kind === 'v:') return relabelText(identity.slice(2), relabel).replace(/^/, 'v:');
  const [, module, rest] = /^..([^:]*):?(.*)$/s.exec(identity);
  // A class may have been given its module's name as a part of its own.
  return kind === 'c:' || kind === 't:' ? `${kind}${relabel(module)}:${relabelText(rest, relabel)}` : identity;
}

const isOwnModule = (identity, tops) => identity.startsWith('m:') && tops.has(identity.slice(2).split('.')[0]);

/**
 * Names that are modules of the repository are compared by what they lead to (a renamed module may be called otherwise);
 * a package's own submodules are no public names: they are there once somebody imported them.
 */
function compareNames(before, after, { relabel, tops, found }) {
  const same = (old, now) => now !== undefined && [ANYTHING, now, relabelIdentity(now, relabel)].includes(old);
  const modules = new Set(Object.values(after.names).map((identity) => relabelIdentity(identity, relabel)));
  for (const [name, identity] of Object.entries(before.names)) {
    const now = after.names[name];
    if (isOwnModule(identity, tops)) {
      const isSubmodule = identity === `m:${before.module}.${name}`;
      if (!isSubmodule && !modules.has(identity)) found('module lost', `${name} (${identity})`);
    } else if (now === undefined) found('name lost', name);
    else if (!same(identity, now)) found('name changed', `${name}: ${identity} is now ${now}`);
  }
  for (const [name, identity] of Object.entries(after.names)) {
    const known = name in before.names || name in before.lazy;
    if (!known && !isOwnModule(relabelIdentity(identity, relabel), tops)) found('name gained', `${name} (${identity})`);
  }
  for (const [name, identity] of Object.entries(before.lazy)) {
    if (identity.startsWith('e:') || isOwnModule(identity, tops)) continue;
    if (!same(identity, after.lazy[name] ?? after.names[name])) found('lazy name', `${name}: ${after.lazy[name]}`);
  }
}

function compareExports(before, after, { relabel, tops, found }) {
  const isModule = (seen, name) => {
    const identity = seen.names[name] ?? seen.lazy[name];
    return identity !== undefined && isOwnModule(relabelIdentity(identity, relabel), tops);
  };
  const listed = (seen) => (seen.exported ?? []).filter((name) => !isModule(seen, name)).join(' ');
  if (listed(before) !== listed(after)) found('__all__', `${listed(before)} is now ${listed(after)}`);
  if (!before.star && after.star) found('import *', after.star);
}

/** What the file's imports give when they are run once more, inside functions as well. */
function compareImports(before, after, { relabel, found }) {
  const failures = new Set(before.again.map(([place, error]) => `${place} ${error}`));
  for (const [place, error] of after.again)
    if (error && !failures.has(`${place} ${error}`)) found(`import (${place})`, error);
  const given = new Set(after.again.flatMap(([, , got]) => (got ? [got, relabelIdentity(got, relabel)] : [])));
  const isReached = (got) => given.has(got) || given.has(got.replace(/^c:([^:]*):.*/s, 'm:$1'));
  for (const [place, , got] of before.again)
    if (got && !isReached(got)) found(`import (${place})`, `${got} is not imported any more`);
  const missing = new Set(before.chains);
  for (const chain of after.chains)
    if (!missing.has(chain) && !missing.has(relabel(chain))) found('attribute chain', `${chain} leads nowhere`);
}

/** Kinds of loss that no running program notices: names of modules, and imports that only type checkers follow. */
const UNNOTICED = new Set(['module lost', 'import (here)']);

export const isNoticed = ({ kind }) => !UNNOTICED.has(kind);

/** Everything that a module lost: `{module, kind, what}`; empty when it is preserved. */
export function differences(before, after, { relabel, newName, tops }) {
  const all = [];
  for (const [module, old] of before) {
    if (old.error) continue;
    const name = newName(module);
    const now = after.get(name);
    const found = (kind, what) => all.push({ module: name, was: module, kind, what });
    const context = { relabel, tops, found };
    if (!now || now.error) found('not importable', now?.error ?? 'nothing was seen of it');
    else for (const compare of [compareNames, compareExports, compareImports]) compare(old, now, context);
  }
  return all;
}
