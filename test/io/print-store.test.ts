/** Prints of code that outlive the process: what comes back is exactly what was kept, or nothing. */
import { deepStrictEqual } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bundledRepository } from '../../src/bundled/index.js';
import type { CodePrint } from '../../src/core/clones/model.js';
import { decodePrint, encodePrint } from '../../src/io/print-records.js';
import { PRINT_VERSION, PrintStore } from '../../src/io/print-store.js';
import { codePrint } from '../../src/python/code-print.js';
import { temporaryDirectory } from './support.js';

const SAYINGS = `"""What this is."""
import a, b
from c import (d,
    e)
@f
class G(H):
    i = [j for k in l if m]
    async def n(self, o, *p: q) -> r:
        "s"
        import t; return lambda u: u + v
if w: x = 'y' 'z'
match aa:
    case bb: import cc
def dd(): pass
`;
const [ID, OTHER_ID] = ['a', 'b'].map((digit) => digit.repeat(40)) as [string, string];
const printed = (text: string) => codePrint(text) as CodePrint;

test('its version is raised with what prints say', () => {
  const digest = createHash('sha256')
    .update(encodePrint(printed(SAYINGS)))
    .digest('hex')
    .slice(0, 12);
  const advice = 'prints say other things than under this version: raise PRINT_VERSION, and pin the new pair here';
  expect({ version: PRINT_VERSION, digest }, advice).toEqual({ version: 'prints 1', digest: '42801992e0a2' });
});

test('prints come back as they were, wherever their bytes stand', () => {
  const bundled = [...bundledRepository().files].flatMap(([path, text]) => (path.endsWith('.py') ? [text] : []));
  for (const text of ['', SAYINGS, ...bundled.slice(0, 30)]) {
    const bytes = encodePrint(printed(text));
    for (const offset of [0, 1, 2, 3]) {
      const moved = Buffer.concat([Buffer.alloc(offset), bytes]).subarray(offset);
      deepStrictEqual(decodePrint(moved), printed(text));
    }
  }
});

test('bytes that are cut off are no print', () => {
  const bytes = encodePrint(printed(SAYINGS));
  for (let length = 0; length < bytes.length; length++) {
    // A slice of the same buffer goes on behind its end.
    expect(() => decodePrint(bytes.subarray(0, length)), `${length}`).toThrow();
  }
});

test('the store gives in another process what was kept, and nothing of a damaged record', () => {
  const commonDir = temporaryDirectory();
  const open = () => new PrintStore({ commonDir, hash: 'sha1' });
  const store = open();
  store.set(ID, printed(SAYINGS));
  store.save();
  expect(open().get(ID)).toEqual(printed(SAYINGS));
  expect(open().get(OTHER_ID)).toBeUndefined();
  const path = join(commonDir, 'regraft', 'prints');
  const bytes = readFileSync(path);
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
  writeFileSync(path, bytes);
  expect(open().get(ID)).toBeUndefined();
});
