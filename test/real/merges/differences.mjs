/** What real Python saw before and after a merge, compared: names of merged modules are looked for in the one that they became. */

const ANYTHING = '*';

/** How names of before read afterwards. */
class Forward {
  /** @param merged `{into, sources, symbols}`: dotted names, and `{module, name, to}` of what is called otherwise */
  constructor({ into, sources, symbols }) {
    this.into = into;
    this.sources = new Set(sources);
    this.symbols = new Map(symbols.map(({ module, name, to }) => [`${module} ${name}`, to]));
  }

  module(name) {
    return this.sources.has(name) ? this.into : name;
  }

  name(module, name) {
    return this.symbols.get(`${module} ${name}`) ?? name;
  }

  /** `a.b.c`, of which a beginning is a module. */
  chain(chain) {
    const module = [...this.sources].find((name) => chain.startsWith(`${name}.`));
    if (module === undefined) return chain;
    const [first, ...others] = chain.slice(module.length + 1).split('.');
    return [this.into, this.name(module, first), ...others].join('.');
  }

  identity(identity) {
    const kind = identity.slice(0, 2);
    if (kind === 'm:') return `m:${this.module(identity.slice(2))}`;
    const [, module, rest] = /^..([^:]*):?(.*)$/s.exec(identity);
    if (kind !== 'c:' && kind !== 't:') return identity;
    const [first, ...others] = rest.split('.');
    return `${kind}${this.module(module)}:${[this.name(module, first), ...others].join('.')}`;
  }
}

/** `{module, kind, what}` for everything that is not as it was; empty when all is preserved. */
export function differences(before, after, merged, tops) {
  const forward = new Forward(merged);
  const all = [];
  const failures = new Set(
    [...before.values()].flatMap((old) => (old.again ?? []).map(([place, error]) => `${place} ${error}`)),
  );
  const wasWrong = [...before.values()].some((old) => forward.sources.has(old.module) && old.star);
  for (const [module, old] of before) {
    if (old.error) continue;
    const name = forward.module(module);
    const found = (kind, what) => all.push({ module: name, was: module, kind, what });
    const now = after.get(name);
    if (!now || now.error) {
      found('not importable', now?.error ?? 'nothing was seen of it');
      continue;
    }
    compareNames(forward, module, old, now, tops, found);
    // A list that names what is not there was wrong before, in one of the modules that share it now.
    if (!old.star && now.star && !(forward.sources.has(module) && wasWrong)) found('import *', now.star);
    for (const [place, error] of now.again)
      if (error && !failures.has(`${place} ${error}`)) found(`import (${place})`, error);
  }
  const chains = new Set([...before.values()].flatMap((old) => old.chains ?? []).map((chain) => forward.chain(chain)));
  for (const [module, { chains: now = [] }] of after)
    for (const chain of now)
      if (!chains.has(chain)) all.push({ module, was: module, kind: 'attribute chain', what: chain });
  return all;
}

const isOwnModule = (identity, tops) => identity.startsWith('m:') && tops.includes(identity.slice(2).split('.')[0]);

function compareNames(forward, module, old, now, tops, found) {
  const isSource = forward.sources.has(module);
  for (const [name, identity] of Object.entries({ ...old.lazy, ...old.names })) {
    // What `from __future__` binds is nobody's name.
    if (identity === 't:__future__:_Feature') continue;
    if (identity.startsWith('e:') || isOwnModule(identity, tops)) continue;
    const to = isSource ? forward.name(module, name) : name;
    const got = now.names[to] ?? now.lazy[to];
    if (got === undefined) found('name lost', `${name} (${identity})`);
    else if (![ANYTHING, got].includes(identity) && forward.identity(identity) !== got)
      found('name changed', `${name}: ${identity} is now ${got}`);
  }
  const listed = (old.exported ?? []).map((name) => (isSource ? forward.name(module, name) : name));
  const gone = listed.filter(
    (name) => !(now.exported ?? []).includes(name) && !isOwnModule(old.names[name] ?? '', tops),
  );
  if (gone.length > 0) found('__all__', `no longer lists ${gone.join(', ')}`);
  if (isSource) return;
  for (const [name, identity] of Object.entries(now.names))
    if (!(name in old.names) && !(name in old.lazy) && !isOwnModule(identity, tops))
      found('name gained', `${name} (${identity})`);
}
