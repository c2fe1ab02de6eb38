/** The packages as they are moved about: a template to copy, and what real Python saw in it before. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { git } from '../support.mjs';
import { judge, onlyStable } from './judging.mjs';
import { treeOf } from './mover.mjs';
import { modulesOf } from './names.mjs';
import { makeTemplate } from './packages.mjs';

/** A package with its template and what its modules held before. */
async function prepare(place, work) {
  const room = join(work, `template-${place.name}`);
  const template = join(room, 'project');
  mkdirSync(template, { recursive: true });
  const files = makeTemplate(place, template);
  const modules = modulesOf(files, place);
  const spec = { root: place.root, owned: place.tops, modules: [...modules.values()] };
  const first = await judge(template, spec, join(room, 'judged'));
  const before = onlyStable(first, await judge(template, spec, join(room, 'judged')));
  return { place, template, files, modules, before, tree: treeOf(template), head: git(template, 'rev-parse', 'HEAD') };
}

/** Each package is prepared once below `work`, also when two jobs ask at the same time. */
export function subjectsIn(work) {
  const subjects = new Map();
  return (place) => {
    if (!subjects.has(place.name)) subjects.set(place.name, prepare(place, work));
    return subjects.get(place.name);
  };
}
