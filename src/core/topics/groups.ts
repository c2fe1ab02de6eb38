/** Which words bring modules together: those of their names, and those that weigh most in them. */
import { directoryOf } from '../paths.js';
import { countsOf } from './counts.js';
import type { Weighed } from './weights.js';
import { folded } from './words.js';

const LEAST_MODULES = 3;
const LEAST_DIRECTORIES = 2;
/** A word of more modules is the project's own name or says as little; comparing all with all would take too long besides. */
const MOST_MODULES = 300;

/** So many of its weightiest words a module is about. */
const SALIENT = 3;

/** The modules that one word brings together. */
export interface Group {
  readonly members: Weighed[];
  /** Those that carry the word in their name. */
  readonly named: Weighed[];
}

/** Enough modules in enough directories to be a topic, and not too many. */
export function isSpread(members: readonly Weighed[]): boolean {
  return (
    members.length >= LEAST_MODULES &&
    members.length <= MOST_MODULES &&
    new Set(members.map(({ module }) => directoryOf(module.path))).size >= LEAST_DIRECTORIES
  );
}

/** By the word, folded: the modules that are named by it, and those that are about it. */
export function groupsOf(all: readonly Weighed[]): Map<string, Group> {
  const groups = new Map<string, Group>();
  const nameWords = namesOf(all);
  all.forEach((module, index) => {
    const name = nameWords[index] as ReadonlySet<string>;
    for (const word of new Set([...name, ...salientWords(module)])) {
      const group = groups.get(word) ?? { members: [], named: [] };
      group.members.push(module);
      if (name.has(word)) group.named.push(module);
      groups.set(word, group);
    }
  });
  return groups;
}

/** Shorter endings of a word are chance. */
const LEAST_ENDING = 4;

/** The folded words of each module's name, with what they end in where many more end in it (`configparser`, `htmlparser`). */
function namesOf(all: readonly Weighed[]): ReadonlySet<string>[] {
  const names = all.map(({ module }) => new Set(module.name.map(folded)));
  const whole = countsOf(names.flatMap((name) => [...name]));
  const ending = countsOf(names.flatMap((name) => [...new Set([...name].flatMap(endingsOf))]));
  return names.map((name) => {
    const isEnding = (word: string, end: string) =>
      whole.has(end) && (ending.get(end) ?? 0) >= 2 * (whole.get(word) ?? 0);
    const ends = [...name].flatMap((word) => endingsOf(word).filter((end) => end !== word && isEnding(word, end)));
    return new Set([...name, ...ends]);
  });
}

/** The word itself included. */
function endingsOf(word: string): string[] {
  const letters = [...word];
  return letters.slice(0, Math.max(1, letters.length - LEAST_ENDING + 1)).map((_, cut) => letters.slice(cut).join(''));
}

/** What a module calls is what others do. */
function salientWords({ terms }: Weighed): string[] {
  const weights = new Map<string, number>();
  for (const { role, words, weight, isInterface } of terms.values())
    if (role !== 'calls' && !isInterface && !words.includes(' '))
      weights.set(words, (weights.get(words) ?? 0) + weight);
  return [...weights]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, SALIENT)
    .map(([word]) => word);
}
