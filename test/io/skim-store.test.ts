/** Skims that outlive the process: what comes back is what was kept, or nothing. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DynamicImport, When } from '../../src/core/facts.js';
import type { Skim } from '../../src/core/skim.js';
import { openRepository } from '../../src/io/repository.js';
import { decodeSkim, encodeSkim } from '../../src/io/skim-records.js';
import { SKIM_VERSION, SkimStore } from '../../src/io/skim-store.js';
import { pythonReader } from '../../src/python/reader.js';
import { ENGINES, factsOf } from '../python/support.js';
import { temporaryDirectory, world } from './support.js';

const [ENGINE] = ENGINES as [(typeof ENGINES)[number]];
const READER = pythonReader((text) => ENGINE.parse(text));
const skimOf = (text: string) => READER.skim(text, () => factsOf(text));
const [ID, OTHER_ID] = ['a', 'b'].map((digit) => digit.repeat(40)) as [string, string];
const SKIM = skimOf("import a\nfrom . import b as c\n__all__ = ['d']\n");

function storeIn(directory: string, hash: 'sha1' | 'sha256' = 'sha1'): SkimStore {
  return new SkimStore({ commonDir: directory, hash });
}

function kept(key = ID, hash: 'sha1' | 'sha256' = 'sha1') {
  const directory = temporaryDirectory();
  const store = storeIn(directory, hash);
  store.set(key, SKIM);
  store.save();
  return { directory, path: join(directory, 'regraft', 'skims') };
}

const text = fc.string({ unit: 'binary' });
const line = fc.nat();
const when = fc.constantFrom<When>('runtime', 'typing', 'lazy', 'guarded', 'conditional');
const dynamicName = fc.oneof(
  fc.record({ kind: fc.constant('literal' as const), value: text, span: fc.constant(null) }),
  fc.record({ kind: fc.constant('choices' as const), values: fc.array(text) }),
  fc.record({ kind: fc.constant('partial' as const), prefix: text, suffix: text }),
  fc.constant({ kind: 'open' as const }),
);
const anchor = fc.oneof(
  fc.record({ kind: fc.constant('literal' as const), value: text }),
  fc.constantFrom(null, { kind: 'own' as const }, { kind: 'open' as const }),
);
const SKIMS: fc.Arbitrary<Skim> = fc.record({
  brokenAt: fc.option(line),
  imports: fc.array(
    fc.record({
      kind: fc.constantFrom('import', 'from', 'star'),
      line,
      when,
      atTop: fc.boolean(),
      level: fc.nat(9),
      module: text,
      names: fc.array(fc.record({ name: text, alias: fc.option(text), line })),
    }),
  ),
  bindings: fc.array(
    fc.record(
      { name: text, conditional: fc.boolean(), imported: fc.record({ statement: line, name: line }) },
      { requiredKeys: ['name', 'conditional'] },
    ),
  ),
  exports: fc.option(fc.record({ names: fc.array(text), complete: fc.boolean() })),
  dynamics: fc.array(
    fc.record({
      form: fc.constantFrom<DynamicImport['form']>('import_module', 'exec', 'sys.modules', 'module-getattr', 'scan'),
      line,
      when,
      name: dynamicName,
      anchor,
    }),
  ),
  strings: fc.array(fc.record({ value: text, line, atTop: fc.boolean() })),
  words: fc.array(text),
  bindsByValue: fc.boolean(),
  registersModules: fc.boolean(),
});

test('every skim comes back from its bytes', () => {
  fc.assert(fc.property(SKIMS, (skim) => void expect(decodeSkim(encodeSkim(skim))).toEqual(skim)));
});

/** What skims say of a text in which everything occurs that they can hold. */
const SAYINGS = `'''doc.string'''
import a, b.c as d, sys
from ..e import (f, g as h)
from i import *
if TYPE_CHECKING:
    import j
else: import k
try:
    import l
except ImportError:
    m = None
def n(o: 'p.q' = 'r.s'):
    global t
    t = 'u/v.py'
    return importlib.import_module('w.' + o, __package__)
class X(n('y.z')): import aa
def __getattr__(name): return sys.modules['bb']
__all__ = ['cc'] + dd
globals()['ee'] = 1
match ff:
    case gg: hh = 'ii'
`;

test('its version is raised with what skims say', () => {
  const texts = [...SAYINGS.matchAll(/(?:^\S.*\n(?:\s.*\n)*)/gm)].map(([statement]) => statement);
  const skims = [SAYINGS, ...texts, 'import a\nimport (\n'].map((each) => encodeSkim(skimOf(each)));
  const said = createHash('sha256').update(skims.join('\n')).digest('hex').slice(0, 12);
  const advice =
    'skims say other things than under this version: raise SKIM_VERSION in skim-store.ts, and pin the new pair here';
  expect({ version: SKIM_VERSION, said }, advice).toEqual({ version: 'skim 2', said: '525e06f33a7a' });
});

describe('the store', () => {
  test('gives in another process what was kept', () => {
    const { directory } = kept();
    expect(storeIn(directory).get(ID)).toEqual(SKIM);
    expect(storeIn(directory).get(OTHER_ID)).toBeUndefined();
  });

  test('keeps what others kept when it adds to it', () => {
    const { directory } = kept();
    const store = storeIn(directory);
    store.set(OTHER_ID, SKIM);
    store.save();
    expect([ID, OTHER_ID].map((id) => storeIn(directory).get(id))).toEqual([SKIM, SKIM]);
  });

  test('is written only when something was learnt', () => {
    const { directory, path } = kept();
    const looks = () => {
      const { ino, mtimeNs } = statSync(path, { bigint: true });
      return { ino, mtimeNs };
    };
    const before = looks();
    const store = storeIn(directory);
    store.get(ID);
    store.save();
    expect(looks()).toEqual(before);
  });

  test('keeps nothing under names that are no blob ids', () => {
    const { path } = kept(`${ID}#cells`);
    expect(existsSync(path)).toBe(false);
  });

  test('knows ids of either hash, and not those of the other', () => {
    const id = 'c'.repeat(64);
    const { directory } = kept(id, 'sha256');
    expect(storeIn(directory, 'sha256').get(id)).toEqual(SKIM);
    expect(storeIn(directory).get(ID)).toBeUndefined();
  });

  test('is built anew where it is damaged, and never trusted', () => {
    const { directory, path } = kept();
    const whole = readFileSync(path);
    for (let at = 0; at < whole.length; at += 3) {
      const damaged = Buffer.from(whole);
      damaged.writeUInt8(whole.readUInt8(at) ^ 4, at);
      writeFileSync(path, damaged);
      expect(storeIn(directory).get(ID)).toBeUndefined();
    }
    const store = storeIn(directory);
    store.set(ID, SKIM);
    store.save();
    expect(storeIn(directory).get(ID)).toEqual(SKIM);
  });

  test('may be deleted while it is in use', () => {
    const { directory, path } = kept();
    const store = storeIn(directory);
    expect(store.get(ID)).toEqual(SKIM);
    rmSync(path);
    expect(store.get(ID)).toEqual(SKIM);
    store.set(OTHER_ID, SKIM);
    store.save();
    expect(storeIn(directory).get(OTHER_ID)).toEqual(SKIM);
  });

  test('is one for all linked working trees', async () => {
    const made = world();
    const linked = join(temporaryDirectory(), 'linked');
    made.git('worktree', 'add', '-q', '-b', 'side', linked);
    const [first, second] = await Promise.all([openRepository(made.top), openRepository(linked)]);
    const store = new SkimStore(first);
    store.set(ID, SKIM);
    store.save();
    expect(new SkimStore(second).get(ID)).toEqual(SKIM);
  });
});
