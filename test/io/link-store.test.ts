/** Links that outlive the process: what comes back is what was kept, or nothing. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildGraph } from '../../src/core/graph.js';
import { type KeptLinks, LinkedFiles } from '../../src/core/kept-links.js';
import { encodeLinks } from '../../src/io/link-records.js';
import { LINK_VERSION, LinkStore } from '../../src/io/link-store.js';
import { draw, type Tree } from '../support/tree.js';
import { temporaryDirectory } from './support.js';

const TREE: Tree = {
  'app/__init__.py': "__all__ = ['core', 'gone']\nfrom .core import run as start\n",
  'app/core.py': 'import os, app.late\nfrom . import missing\nfrom .late import *\ndef run(): import app.core\n',
  'app/late.py': "import importlib\nNAME = 'app.core'\nimportlib.import_module('app.' + NAME)\nFILE = 'app/core.py'\n",
  'app/broken.py': 'import app\nx = (\n',
  'app/typed.py':
    'from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from app import start\ntry:\n    import app.nothing\nexcept ImportError:\n    pass\n',
  'app/open.py': '__import__(input())\n',
};

async function links(): Promise<KeptLinks> {
  const { linker } = await draw(TREE);
  const linked = new LinkedFiles(linker);
  buildGraph(linker, undefined, linked);
  return linked.files;
}

async function kept() {
  const gitDir = temporaryDirectory();
  const store = new LinkStore({ gitDir });
  store.set('here', await links());
  store.save();
  return { gitDir, path: join(gitDir, 'regraft', 'links') };
}

test('its version is raised with what links say', async () => {
  const said = createHash('sha256')
    .update(encodeLinks(await links()))
    .digest('hex')
    .slice(0, 12);
  const advice = 'links say other things than under this version: raise LINK_VERSION, and pin the new pair here';
  expect({ version: LINK_VERSION, said }, advice).toEqual({ version: 'links 1 of skim 2', said: '3e795fc0faa5' });
});

test('gives what was kept for the same surroundings, and nothing for others', async () => {
  const { gitDir } = await kept();
  expect(new LinkStore({ gitDir }).get('here')).toEqual(await links());
  expect(new LinkStore({ gitDir }).get('elsewhere')).toBeUndefined();
});

test('gives nothing for a file that is cut off or altered anywhere', async () => {
  const { gitDir, path } = await kept();
  const whole = readFileSync(path);
  for (let at = 0; at < whole.length; at += 7) {
    writeFileSync(path, whole.subarray(0, at));
    expect(new LinkStore({ gitDir }).get('here')).toBeUndefined();
    const altered = Buffer.from(whole);
    altered.writeUInt8((whole.readUInt8(at) + 1) % 256, at);
    writeFileSync(path, altered);
    expect(new LinkStore({ gitDir }).get('here')).toBeUndefined();
  }
});

test('writes nothing where nothing was found', () => {
  const gitDir = temporaryDirectory();
  new LinkStore({ gitDir }).save();
  expect(() => readFileSync(join(gitDir, 'regraft', 'links'))).toThrow(/ENOENT/);
});
