/** Which other module of a group does most of the same job, whether that is the same job, and what speaks for it. */
import { overlapsIn, sharedTerms } from './overlap.js';
import { ROLES, type Role, type Vocabulary } from './vocabulary.js';
import type { Term, Weighed } from './weights.js';

/** `high`: does the same job as the nearest; `medium`: partly; `unique`: shares a word with the others, no more. */
export type Level = 'high' | 'medium' | 'unique';

/** What speaks most for an overlap: names and words by weight, as the module itself writes them. */
export type Evidence = Readonly<Record<Role, readonly string[]>>;

export interface Nearest {
  readonly path: string;
  /** 0 to 1. */
  readonly overlap: number;
  readonly level: Level;
  /** One of the two imports the other or hands its work on: it builds on that job rather than doing it again. */
  readonly builtOn: boolean;
  readonly evidence: Evidence;
}

/** Whether one of two files imports the other. */
export type Linked = (path: string, other: string) => boolean;

/**
 * Judged by hand on the standard library, docker, docutils, celery and requests. Above 0.45 stand posixpath and ntpath, the
 * two tokenizers, queue and asyncio.queues, pools for eventlet and for gevent. Between stand the locks of threading and of
 * asyncio, multiprocessing.queues and queue, requests.api and requests.sessions. Below stand http.client and urllib.request,
 * tarfile and zipfile; just below (0.19) argparse and optparse, whose names differ.
 */
const HIGH = 0.45;
/** From here on modules do partly the same, if they share enough names to tell. */
export const MEDIUM = 0.2;
/** A few shared names can be half of a small module; so many there must be, or all that the smaller one defines. */
const HIGH_NAMES = 3;
const MEDIUM_NAMES = 2;

/**
 * For each module of a group the other one that does most of the same; `null` where none shares anything. The word that
 * brought the group together counts for nothing.
 */
export function nearestOf(group: readonly Weighed[], word: string, linked: Linked): (Nearest | null)[] {
  const skipped = new Set(ROLES.map((role) => `${role} ${word}`));
  return overlapsIn(group, skipped).map((overlaps, index) => {
    const own = group[index] as Weighed;
    const others = [...overlaps].map(([at, overlap]) => ({ overlap, other: group[at] as Weighed })).sort(byOverlap);
    let best: (Judged & { readonly other: Weighed }) | null = null;
    for (const { overlap, other } of others) {
      if (best && ORDER.indexOf(best.level) <= ORDER.indexOf(mostAt(overlap))) break;
      const found = { ...judged(own, other, overlap, skipped, linked), other };
      if (!best || compareLevels(found, best) < 0) best = found;
    }
    if (!best) return null;
    const { other, ...nearest } = best;
    return { ...nearest, evidence: evidenceOf(sharedTerms(own.terms, other.terms, skipped)) };
  });
}

interface Candidate {
  readonly overlap: number;
  readonly other: Weighed;
}

function byOverlap(a: Candidate, b: Candidate): number {
  return b.overlap - a.overlap || (a.other.module.path < b.other.module.path ? -1 : 1);
}

/** The clearest level that an overlap can have; what is less cannot have a clearer one. */
function mostAt(overlap: number): Level {
  if (overlap >= HIGH) return 'high';
  return overlap >= MEDIUM ? 'medium' : 'unique';
}

type Judged = Omit<Nearest, 'evidence'>;

function judged(own: Weighed, other: Weighed, overlap: number, skipped: ReadonlySet<string>, linked: Linked): Judged {
  const { path } = other.module;
  if (overlap < MEDIUM) return { path, overlap, level: 'unique', builtOn: false };
  const names = sharedTerms(own.terms, other.terms, skipped).filter(({ role }) => role === 'definitions').length;
  const fewest = Math.min(own.module.definitions.size, other.module.definitions.size);
  const builtOn = linked(own.module.path, path) || handsOn(own.module, other.module);
  const isHigh = overlap >= HIGH && names >= Math.min(HIGH_NAMES, fewest) && !builtOn;
  if (isHigh) return { path, overlap, level: 'high', builtOn };
  return { path, overlap, level: names >= Math.min(MEDIUM_NAMES, fewest) ? 'medium' : 'unique', builtOn };
}

/**
 * More than half of the names that both define, only one of them calls on something else: it is a layer over the other, or over
 * the same third.
 */
function handsOn(a: Vocabulary, b: Vocabulary): boolean {
  const both = [...a.definitions.keys()].filter((name) => b.definitions.has(name));
  const isMore = (x: Vocabulary, y: Vocabulary) =>
    both.filter((name) => x.handedOn.has(name) && !y.handedOn.has(name)).length > both.length / 2;
  return isMore(a, b) || isMore(b, a);
}

const ORDER: readonly Level[] = ['high', 'medium', 'unique'];

/** The clearer level first, then what overlaps more, then by path. */
export function compareLevels(
  a: { readonly level: Level; readonly overlap: number; readonly path: string },
  b: { readonly level: Level; readonly overlap: number; readonly path: string },
): number {
  return ORDER.indexOf(a.level) - ORDER.indexOf(b.level) || b.overlap - a.overlap || (a.path < b.path ? -1 : 1);
}

/** How many names and words are kept of each sort. */
const KEPT = 5;

function evidenceOf(shared: readonly Term[]): Evidence {
  const of = (role: Role) =>
    shared
      .filter((term) => term.role === role)
      .slice(0, KEPT)
      .map(({ written }) => written);
  return { definitions: of('definitions'), calls: of('calls'), docstrings: of('docstrings') };
}
