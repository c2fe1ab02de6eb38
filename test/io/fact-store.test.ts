/** Facts that outlive the process: what comes back is exactly what was kept. */
import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { bundledRepository } from '../../src/bundled/index.js';
import { decodeFacts, encodeFacts, FACT_VERSION, FactStore } from '../../src/io/fact-store.js';
import { factsOf } from '../python/support.js';
import { temporaryDirectory } from './support.js';

/** Something of each kind that facts have. */
const SAYINGS = `"""What this is."""
from __future__ import annotations
import a.b as c, importlib, sys
from .. import d as e, f  # why
from g import *
__all__ = ['h'] + i
@c.decorated(j, *k, l=1)
class M(N, metaclass=O):
    p: int = 'q.r'
    def s(self, t, *u, v: 'w.x' = None, **y) -> z:
        global aa
        aa = [bb async for bb in cc if (dd := bb)]
        for ee, (ff, *gg) in hh: yield ee.ii['jj']
        else: return lambda kk: kk + ll
        with mm as nn, oo(): await pp
        try: del qq.rr, ss[0]
        except* (TT, UU) as vv: raise ww from xx
        finally: assert yy, f'{zz!r:>{ab}} {"a.b" % ac}'
match ad:
    case [ae, *af] if ag: pass
    case {'ah': ai, **aj} | AK(al=am): pass
importlib.import_module('.an' + ao, __package__)
sys.modules['ap.aq'] = exec('import ar')
if TYPE_CHECKING:
    import as_
type at[au] = av
x = (
`;

test('their version is raised with what they say', () => {
  const statements = [...SAYINGS.matchAll(/(?:^\S.*\n(?:\s.*\n)*)/gm)].map(([statement]) => statement);
  const said = [SAYINGS, ...statements].map((text) => JSON.stringify(factsOf(text))).join('\n');
  const digest = createHash('sha256').update(said).digest('hex').slice(0, 12);
  const advice =
    'facts say other things than under this version: raise FACT_VERSION in fact-store.ts, and pin the new pair here';
  expect({ version: FACT_VERSION, digest }, advice).toEqual({ version: 'facts 2', digest: '614fd2ba000f' });
});

test('they come back as they were', () => {
  const bundled = [...bundledRepository().files].flatMap(([path, text]) => (path.endsWith('.py') ? [text] : []));
  for (const text of [SAYINGS, '', '\ufeffé = "ä\ud800"\n', ...bundled.slice(0, 30)]) {
    const facts = factsOf(text);
    deepStrictEqual(decodeFacts(encodeFacts(facts)), facts);
  }
});

test('the store gives in another process what was kept, and keeps no nameless text', () => {
  const commonDir = temporaryDirectory();
  const [id, facts] = ['a'.repeat(40), factsOf(SAYINGS)];
  const store = new FactStore({ commonDir, hash: 'sha1' });
  store.set(id, facts);
  store.set(`${id}#cells`, facts);
  strictEqual(store.get(id), facts);
  store.save();
  const later = new FactStore({ commonDir, hash: 'sha1' });
  expect(later.get(id)).toEqual(facts);
  expect(later.get(`${id}#cells`)).toBeUndefined();
});
