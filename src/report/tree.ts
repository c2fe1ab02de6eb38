/**
 * Directory trees drawn as text: one, or before and after a change, side by side where the terminal is wide enough. Knows
 * paths only; what moved is said by whoever moved it.
 */
import type { MovedFile } from '../core/model.js';
import { directoryOf } from '../core/paths.js';
import { inert } from './inert.js';
import type { Style } from './style.js';
import { counted, groupedBy, listed, truncated } from './words.js';

/** What is said of one path; `null` paints nothing. */
export interface Label {
  readonly text: string;
  readonly paint: 'green' | 'red' | 'yellow' | 'dim' | null;
}

export interface DrawOptions {
  readonly style: Style;
  /** The first line; nothing stands there without it. */
  readonly root?: string;
  /** Stands after a file or directory (named without a final slash). */
  readonly label?: (path: string) => Label | null;
  /** Of a directory's files that this denies, only their number is shown; a directory of such files is one line. */
  readonly isShown?: (path: string) => boolean;
}

/** A line of a tree before it is padded and painted. */
export interface Drawn {
  readonly text: string;
  /** How much of the text are lines that lead to the name. */
  readonly lead: number;
  /** Of a file or directory; `null` for what stands for others. */
  readonly path: string | null;
  readonly label: Label | null;
}

interface Branch {
  readonly path: string;
  readonly name: string;
  /** `null` for a file. */
  readonly members: Map<string, Branch> | null;
}

/** One tree. Files and directories stand in the order of their names, as `ls` has them. */
export function drawTree(paths: readonly string[], options: DrawOptions): string[] {
  return drawnTree(paths, options).map((line) => painted(line, options.style));
}

function drawnTree(paths: readonly string[], options: DrawOptions): Drawn[] {
  const root = grown(paths);
  const head = options.root === undefined ? [] : [{ text: inert(options.root), lead: 0, path: null, label: null }];
  return [...head, ...below(root, '', options)];
}

function grown(paths: readonly string[]): Branch {
  const root: Branch = { path: '', name: '', members: new Map() };
  for (const path of [...paths].sort()) {
    let here = root;
    const parts = path.split('/');
    for (const [index, name] of parts.entries()) {
      const members = here.members as Map<string, Branch>;
      const isFile = index === parts.length - 1;
      const next = members.get(name) ?? {
        path: parts.slice(0, index + 1).join('/'),
        name,
        members: isFile ? null : new Map<string, Branch>(),
      };
      members.set(name, next);
      here = next;
    }
  }
  return root;
}

function below(branch: Branch, indent: string, options: DrawOptions): Drawn[] {
  const { unicode } = options.style;
  const members = [...(branch.members as Map<string, Branch>).values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const rows = folded(members, options);
  return rows.flatMap(({ text, path, label, inside }, index) => {
    const isLast = index === rows.length - 1;
    const [fork, rest] = unicode
      ? isLast
        ? ['└── ', '    ']
        : ['├── ', '│   ']
      : isLast
        ? ['`-- ', '    ']
        : ['|-- ', '|   '];
    const lead = `${indent}${fork}`;
    const line = { text: `${lead}${text}`, lead: lead.length, path, label };
    return [line, ...(inside ? below(inside, indent + rest, options) : [])];
  });
}

interface Row extends Omit<Drawn, 'lead'> {
  readonly inside: Branch | null;
}

/** What is not shown becomes a number. */
function folded(members: readonly Branch[], { isShown = () => true, label = () => null }: DrawOptions): Row[] {
  const rows: Row[] = [];
  let hidden = 0;
  for (const member of members) {
    const name = `${inert(member.name)}${member.members ? '/' : ''}`;
    const { path } = member;
    if (member.members === null && !isShown(path)) hidden++;
    else if (filesIn(member).some(isShown))
      rows.push({ text: name, path, label: label(path), inside: member.members ? member : null });
    else {
      const files = { text: counted(filesIn(member).length, 'file'), paint: 'dim' as const };
      rows.push({ text: name, path, label: files, inside: null });
    }
  }
  const more = rows.length > 0 ? `${hidden} more` : counted(hidden, 'file');
  return hidden > 0 ? [...rows, { text: `(${more})`, path: null, label: null, inside: null }] : rows;
}

function filesIn(branch: Branch): string[] {
  return branch.members ? [...branch.members.values()].flatMap(filesIn) : [branch.path];
}

/** Files before and after a change, and which of them moved where. */
export interface TreeChange {
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Several may lead to one place. */
  readonly moves: readonly MovedFile[];
  /** Files after the change that only keep old names working. */
  readonly shims: readonly string[];
}

/** Between two trees that stand side by side. */
const GUTTER = 3;

/**
 * The two trees of a change. `+` marks what is new, `-` what is gone, arrows what moved, with the other place. What does not
 * change is folded: where a change left the file's neighbours alone, their number stands for them.
 */
export function drawTreeChange(change: TreeChange, style: Style): string[] {
  const { before, after } = drawnTreeChange(change, style);
  return besideOrBelow(before, after, style);
}

/** The same, line by line, for those who draw otherwise. */
export function drawnTreeChange(change: TreeChange, style: Style): { before: Drawn[]; after: Drawn[] } {
  const { moves } = change;
  const [before, after] = [new Set(change.before), new Set(change.after)];
  const there = new Map(moves.map(({ from, to }) => [from, to]));
  const back = groupedBy(moves, ({ to }) => to);
  const shims = new Set(change.shims);
  const [right, left] = style.unicode ? ['→', '←'] : ['->', '<-'];
  const old = (path: string): Label | null => {
    const to = there.get(path);
    if (to !== undefined) return { text: `${right} ${shortened(to, path)}`, paint: 'yellow' };
    return before.has(path) && !after.has(path) ? { text: '- gone', paint: 'red' } : null;
  };
  const now = (path: string): Label | null => {
    const from = back.get(path)?.map((move) => shortened(move.from, path));
    if (from !== undefined) return { text: `${left} ${listed(from, 1)}`, paint: 'yellow' };
    if (shims.has(path)) return { text: '+ shim', paint: 'dim' };
    // A file at a place that something left is not the one that stood there.
    return after.has(path) && (!before.has(path) || there.has(path)) ? { text: '+ new', paint: 'green' } : null;
  };
  return {
    before: drawnTree(change.before, { style, root: 'before', label: old, isShown: (path) => old(path) !== null }),
    after: drawnTree(change.after, { style, root: 'after', label: now, isShown: (path) => now(path) !== null }),
  };
}

/** A file that only changes its name needs no directory. */
function shortened(path: string, seenFrom: string): string {
  const directory = directoryOf(path);
  if (directory !== directoryOf(seenFrom) || directory === '') return inert(path);
  return inert(path.slice(directory.length + 1));
}

function besideOrBelow(left: readonly Drawn[], right: readonly Drawn[], style: Style): string[] {
  const widest = Math.max(...left.map(widthOf));
  const paint = (line: Drawn) => painted(line, style);
  if (widest + GUTTER + Math.max(...right.map(widthOf)) > style.width)
    return [...left.map(paint), '', ...right.map(paint)];
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index) => {
    const [own, other] = [left[index], right[index]];
    if (!other) return own ? paint(own) : '';
    const blank = ' '.repeat(widest - (own ? widthOf(own) : 0) + GUTTER);
    return `${own ? paint(own) : ''}${blank}${paint(other)}`;
  });
}

function widthOf({ text, label }: Drawn): number {
  return [...text].length + (label ? 2 + [...label.text].length : 0);
}

/** Columns. */
const NARROWEST_LABEL = 8;

function painted({ text, label }: Drawn, style: Style): string {
  if (!label) return text;
  const room = Math.max(NARROWEST_LABEL, style.width - [...text].length - 2);
  const words = truncated(label.text, room);
  return `${text}  ${label.paint ? style[label.paint](words) : words}`;
}
