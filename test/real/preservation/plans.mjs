/**
 * Draws random plans: maps of paths that are to be moved at once. Pure: equal files and seeds give equal plans. A plan is
 * one that a person could mean: no two sources for one destination, nothing overwritten, package files stay.
 */
import { randomNumbers } from '../support.mjs';
import { dotted, modulesOf, movedPath } from './names.mjs';

const WORDS =
  'helpers engine model basis shared common support internals parts data value result item node state query legacy tools runtime kernel schema fields session record cache registry matrix layer store views adapter'.split(
    ' ',
  );
const STAYS = new Set(['__init__', '__main__', 'conftest', 'setup']);
/** Kinds of single moves with their weights. */
const SINGLE = [
  ['module to package', 30],
  ['module to new package', 16],
  ['module renamed', 20],
  ['module moved and renamed', 8],
  ['package moved', 12],
  ['package renamed', 12],
  ['top package renamed', 2],
];
/** How many moves a larger plan has: least and most, with weights. */
const SIZES = [
  [[2, 5], 50],
  [[6, 15], 30],
  [[16, 50], 20],
];
/** How the moves of a larger plan belong together. */
const PATTERNS = [
  ['mixture', 40],
  ['swap', 12],
  ['chain', 12],
  ['tiers', 24],
  ['package and its child', 12],
];

const parentOf = (path) => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const baseOf = (path) => path.slice(path.lastIndexOf('/') + 1);
const stemOf = (path) => baseOf(path).replace(/\.py$/, '');
const testPrefix = (path) => (stemOf(path).startsWith('test_') ? 'test_' : '');
const joined = (directory, name) => (directory === '' ? name : `${directory}/${name}`);

/** A number from a text, to seed with. */
function hash(text) {
  let sum = 2166136261;
  for (const letter of text) sum = Math.imul(sum ^ letter.charCodeAt(0), 16777619);
  return sum >>> 0;
}

class Draft {
  constructor(files, place, random) {
    this.random = random;
    this.files = files;
    this.modules = [...modulesOf(files, place).keys()];
    this.tops = place.tops.map((top) => joined(place.root, top));
    this.directories = [...new Set(this.modules.map(parentOf))].filter(
      (path) => path !== place.root && dotted(path, place.root),
    );
    this.movable = this.modules.filter((path) => !STAYS.has(stemOf(path)) && path.includes('/'));
    // A test that takes the name of something else is not found by its runner any more.
    this.exchangeable = this.movable.filter((path) => testPrefix(path) === '');
    this.packages = this.directories.filter((path) => !this.tops.includes(path));
    this.moves = {};
  }

  pick(list) {
    return list[Math.floor(this.random() * list.length)];
  }

  weighted(table) {
    let at = this.random() * table.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [value, weight] of table) {
      at -= weight;
      if (at < 0) return value;
    }
    return table[0][0];
  }

  /** Whether something will stand at a path, as a module or as a package, in any spelling. */
  isTaken(path, moves = this.moves) {
    const stem = path.replace(/\.py$/, '').toLowerCase();
    return this.files.some((file) => {
      const after = movedPath(file, moves).toLowerCase();
      return after.replace(/\.\w+$/, '') === stem || after.startsWith(`${stem}/`);
    });
  }

  isFree(path) {
    return !Object.keys(this.moves).some((from) => path === from || path.startsWith(`${from}/`));
  }

  /** A new name in a directory. */
  fresh(directory, ending, prefix = '') {
    for (let tries = 0; tries < 50; tries++) {
      const word = this.pick(WORDS) + (this.random() < 0.3 ? `_${this.pick(WORDS)}` : '');
      const path = joined(directory, `${prefix}${word}${ending}`);
      if (!this.isTaken(path) && !Object.values(this.moves).includes(path)) return path;
    }
    return null;
  }

  add(from, to) {
    if (!from || !to || from === to || !this.isFree(from) || to.startsWith(`${from}/`)) return false;
    if (Object.keys(this.moves).some((other) => other.startsWith(`${from}/`))) return false;
    if (Object.values(this.moves).includes(to) || this.isTaken(to)) return false;
    this.moves[from] = to;
    return true;
  }

  /** Where a directory stands afterwards. */
  after(directory) {
    return movedPath(directory, this.moves);
  }

  moduleToPackage() {
    const from = this.pick(this.movable);
    return this.add(from, joined(this.after(this.pick(this.directories)), baseOf(from)));
  }

  moduleToNewPackage() {
    const from = this.pick(this.movable);
    const above = this.fresh(this.after(this.pick(this.directories)), '');
    return above !== null && this.add(from, joined(above, baseOf(from)));
  }

  renamed(from) {
    return this.fresh(this.after(parentOf(from)), from.endsWith('.py') ? '.py' : '', testPrefix(from));
  }

  single(kind) {
    if (kind === 'module to package') return this.moduleToPackage();
    if (kind === 'module to new package') return this.moduleToNewPackage();
    if (kind === 'module moved and renamed') {
      const from = this.pick(this.movable);
      return this.add(from, this.fresh(this.after(this.pick(this.directories)), '.py', testPrefix(from)));
    }
    if (kind === 'package moved') {
      const from = this.pick(this.packages);
      return from !== undefined && this.add(from, joined(this.after(this.pick(this.directories)), baseOf(from)));
    }
    const from = this.pick(
      { 'module renamed': this.movable, 'package renamed': this.packages, 'top package renamed': this.tops }[kind],
    );
    return from !== undefined && this.add(from, this.renamed(from));
  }

  swap() {
    const [one, other] = [this.pick(this.exchangeable), this.pick(this.exchangeable)];
    if (one === other || !this.isFree(one) || !this.isFree(other)) return false;
    this.moves[one] = other;
    this.moves[other] = one;
    return true;
  }

  /** a takes b's place, b takes c's, and so on; the last one gets a new name. */
  chain(length) {
    const links = [...new Set(Array.from({ length }, () => this.pick(this.exchangeable)))].filter((path) =>
      this.isFree(path),
    );
    const end = links.length < 2 ? null : this.fresh(parentOf(links.at(-1)), '.py');
    if (end === null) return false;
    for (const [index, path] of links.entries()) this.moves[path] = links[index + 1] ?? end;
    return true;
  }

  /** Many modules of one directory are sorted into new packages below it. */
  tiers(size) {
    const directory = this.pick(this.directories);
    const inside = this.movable.filter((path) => parentOf(path) === directory && this.isFree(path));
    const tiers = Array.from({ length: 1 + Math.floor(this.random() * 3) }, () => this.fresh(directory, ''));
    for (let count = 0; count < size && inside.length > 1; count++) {
      const [from] = inside.splice(Math.floor(this.random() * inside.length), 1);
      const tier = this.pick(tiers);
      if (tier !== null) this.add(from, joined(tier, baseOf(from)));
    }
    return true;
  }

  /** A package moves, one of its modules goes elsewhere, and another module moves in. */
  packageAndChild() {
    const from = this.pick(this.packages);
    const children = this.movable.filter((path) => parentOf(path) === from);
    if (children.length < 2 || !this.isFree(from) || !this.add(from, this.renamed(from))) return false;
    const [child, guest] = [this.pick(children), this.pick(this.movable)];
    const out = joined(this.after(this.pick(this.tops)), baseOf(child));
    if (!this.isTaken(out)) this.moves[child] = out;
    if (!guest.startsWith(`${from}/`)) this.add(guest, joined(this.after(from), baseOf(guest)));
    return true;
  }

  pattern(size) {
    const kind = this.weighted(PATTERNS);
    if (kind === 'swap') this.swap();
    else if (kind === 'chain') this.chain(Math.min(size, 6));
    else if (kind === 'tiers') this.tiers(size);
    else if (kind === 'package and its child') this.packageAndChild();
    while (kind !== 'tiers' && Object.keys(this.moves).length < size && this.random() > 0.01) {
      this.single(this.weighted(SINGLE.slice(0, -1)));
    }
    return kind;
  }

  /** Half of the plans are one move; the others have up to 50. */
  draw() {
    const kind = this.random() < 0.5 ? this.drawSingle() : null;
    return kind ?? this.drawMany();
  }

  drawSingle() {
    for (let tries = 0; tries < 60; tries++) {
      const kind = this.weighted(SINGLE);
      if (this.single(kind)) return kind;
    }
    return null;
  }

  drawMany() {
    const [least, most] = this.weighted(SIZES);
    const size = Math.min(least + Math.floor(this.random() * (most - least + 1)), Math.ceil(this.movable.length * 0.6));
    for (let tries = 0; tries < 20; tries++) {
      this.moves = {};
      const kind = this.pattern(size);
      if (Object.keys(this.moves).length > 1) return kind;
    }
    return null;
  }
}

const drafted = (files, place, seed, number) =>
  new Draft(files, place, randomNumbers(hash(`${seed} ${place.name} ${number}`)));

/** The plan with a number for a package: `{kind, moves}`. */
export function drawPlan(files, place, seed, number) {
  const draft = drafted(files, place, seed, number);
  const kind = draft.draw();
  return kind === null ? null : { kind, moves: draft.moves };
}

/** A plan of one move. */
export function drawMove(files, place, seed, number) {
  const draft = drafted(files, place, seed, number);
  const kind = draft.drawSingle();
  return kind === null ? null : { kind, moves: draft.moves };
}
