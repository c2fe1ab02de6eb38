/**
 * Topics: words that several modules in several directories are named by or are about, each with its modules and how far
 * they do the same job. Which modules are asked, and who imports whom, is handed in.
 */

import { countsOf } from './counts.js';
import { groupsOf, isSpread } from './groups.js';
import { compareLevels, type Evidence, type Level, type Linked, nearestOf } from './nearest.js';
import { ROLES, type Vocabulary } from './vocabulary.js';
import { type Weighed, weighed } from './weights.js';
import { folded } from './words.js';

export interface TopicModule {
  readonly path: string;
  readonly lines: number;
  readonly level: Level;
  /** With the nearest, 0 to 1. */
  readonly overlap: number;
  /** `null` where no other module of the topic shares anything. */
  readonly nearest: string | null;
  /** One of the two imports the other or hands its work on: it builds on that job rather than doing it again. */
  readonly builtOn: boolean;
  readonly evidence: Evidence;
}

export interface Topic {
  readonly topic: string;
  /** Those that do most of the same first. */
  readonly modules: readonly TopicModule[];
  /** Of all its modules. */
  readonly lines: number;
  /** Of the modules that do the same job as another: what could be consolidated. */
  readonly sameLines: number;
}

export interface Topics {
  /** With an overlap; what could save most first. */
  readonly topics: readonly Topic[];
  /** Words that name modules of several directories with different jobs. */
  readonly different: readonly string[];
}

/** The topics of modules; duplicates of others should have been left out. */
export function findTopics(modules: readonly Vocabulary[], linked: Linked): Topics {
  const all = weighed(modules.filter(({ hasCode }) => hasCode));
  const found: (Topic & { readonly named: number })[] = [];
  const different: string[] = [];
  for (const [word, { members, named }] of [...groupsOf(all)].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!isSpread(members)) continue;
    const topic = topicOf(word, members, linked);
    if (topic.modules.some(({ level }) => level !== 'unique')) found.push({ ...topic, named: named.length });
    else if (isSpread(named)) different.push(writtenAs(word, named));
  }
  return { topics: chosen(found), different };
}

const NOTHING: Evidence = { definitions: [], calls: [], docstrings: [] };

function topicOf(word: string, members: readonly Weighed[], linked: Linked): Topic {
  const nearest = nearestOf(members, word, linked);
  const modules = members.map(({ module: { path, lines } }, index): TopicModule => {
    const found = nearest[index];
    if (!found) return { path, lines, level: 'unique', overlap: 0, nearest: null, builtOn: false, evidence: NOTHING };
    const { level, overlap, path: other, builtOn, evidence } = found;
    return { path, lines, level, overlap, nearest: other, builtOn, evidence };
  });
  modules.sort(compareLevels);
  return {
    topic: writtenAs(word, members),
    modules,
    lines: linesOf(modules),
    sameLines: linesOf(modules.filter(({ level }) => level === 'high')),
  };
}

/** A folded word as most names of its modules have it: `cookies`, not `cooky`; itself where it is a word of theirs. */
function writtenAs(word: string, members: readonly Weighed[]): string {
  const written = members.flatMap(({ module }) => module.name.filter((each) => folded(each) === word));
  const inside = members.flatMap(({ terms }) => ROLES.flatMap((role) => terms.get(`${role} ${word}`)?.written ?? []));
  const forms = countsOf(written.length > 0 ? written : inside.map((each) => each.toLowerCase()));
  if (forms.has(word)) return word;
  return [...forms].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]?.[0] ?? word;
}

function linesOf(modules: readonly { readonly lines: number }[]): number {
  return modules.reduce((sum, { lines }) => sum + lines, 0);
}

/**
 * One after another the topic that shows most lines which no topic before it showed as overlapping; of equals the one that
 * more modules are named by. What shows nothing new is left out.
 */
function chosen(found: readonly (Topic & { readonly named: number })[]): Topic[] {
  const open = new Set(found);
  const shown = new Map<string, Level>();
  const result: Topic[] = [];
  const gain = ({ modules }: Topic, wanted: Level) =>
    linesOf(
      modules.filter(({ path, level }) => level === wanted && shown.get(path) !== 'high' && shown.get(path) !== wanted),
    );
  while (open.size > 0) {
    const rated = [...open].map((topic) => ({ topic, high: gain(topic, 'high'), medium: gain(topic, 'medium') }));
    for (const { topic, high, medium } of rated) if (high + medium === 0) open.delete(topic);
    const [best] = rated.sort((a, b) => b.high - a.high || b.medium - a.medium || b.topic.named - a.topic.named);
    if (!best || !open.has(best.topic)) break;
    open.delete(best.topic);
    const { named: _, ...topic } = best.topic;
    result.push(topic);
    for (const { path, level } of topic.modules)
      if (level !== 'unique' && shown.get(path) !== 'high') shown.set(path, level);
  }
  return result;
}
