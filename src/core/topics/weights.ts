/**
 * What each term of each module is worth: sublinear in how often it stands there, logarithmic in how few modules have it
 * (tf-idf; Salton and Buckley 1988). Terms that a large part of all modules have are noise and worth nothing.
 */

import { baseOf, directoryOf } from '../paths.js';
import { countsOf } from './counts.js';
import { ROLES, type Role, type Vocabulary } from './vocabulary.js';
import { folded, wordsOfName } from './words.js';

/** One term of a module. The same word as a definition and as a call is two terms. */
export interface Term {
  readonly role: Role;
  /** Its words, joined by blanks: `addStep` and `add_step` are the same. */
  readonly words: string;
  /** As the module writes it; of a part of a name, the word. */
  readonly written: string;
  readonly weight: number;
  /** Many modules of the directory, or of the same name elsewhere, have it: an interface, which makes none the same as another. */
  readonly isInterface: boolean;
}

export interface Weighed {
  readonly module: Vocabulary;
  /** By role and words. */
  readonly terms: ReadonlyMap<string, Term>;
}

/** What defines a module tells more than what it calls or says; a word of a name less than the name. */
const WORTH: Readonly<Record<Role, number>> = { definitions: 1, calls: 0.5, docstrings: 0.5 };
const PART = 0.4;

/**
 * What more modules have than this says nothing about any. Of all modules: noise, left out. Of one directory, or of those with
 * one file name: the interface of plug-ins (the fixers of lib2to3, the commands of distutils, `models.py` in each application).
 */
const COMMON_SHARE = 0.2;
const COMMON_LEAST = 10;

interface Counted extends Omit<Term, 'weight' | 'isInterface'> {
  readonly count: number;
  readonly worth: number;
}

/** All modules with their terms, noise left out. */
export function weighed(modules: readonly Vocabulary[]): Weighed[] {
  const counted = modules.map((module) => ({ module, terms: termsOf(module) }));
  const everywhere = frequenciesIn(counted);
  const directories = familiesBy(counted, directoryOf);
  const names = familiesBy(counted, baseOf);
  return counted.map(({ module, terms }) => {
    const { path } = module;
    const families = [directories.get(directoryOf(path)), names.get(baseOf(path))] as Frequencies[];
    const kept = [...terms].flatMap(([key, { role, words, written, count, worth }]): [string, Term][] => {
      if (isCommon(key, everywhere)) return [];
      const rarity = Math.log((modules.length + 1) / (everywhere.having.get(key) as number));
      const weight = worth * (1 + Math.log(count)) * rarity;
      const isInterface = families.some((family) => isCommon(key, family));
      return [[key, { role, words, written, weight, isInterface }]];
    });
    return { module, terms: new Map(kept) };
  });
}

interface WithTerms {
  readonly module: Vocabulary;
  readonly terms: ReadonlyMap<string, Counted>;
}

/** How many of some modules have each term. */
interface Frequencies {
  readonly having: ReadonlyMap<string, number>;
  readonly modules: number;
}

function frequenciesIn(modules: readonly WithTerms[]): Frequencies {
  return { having: countsOf(modules.flatMap(({ terms }) => [...terms.keys()])), modules: modules.length };
}

function familiesBy(modules: readonly WithTerms[], keyOf: (path: string) => string): Map<string, Frequencies> {
  const groups = new Map<string, WithTerms[]>();
  for (const each of modules) {
    const key = keyOf(each.module.path);
    const group = groups.get(key) ?? [];
    group.push(each);
    groups.set(key, group);
  }
  return new Map([...groups].map(([key, group]) => [key, frequenciesIn(group)]));
}

function isCommon(key: string, { having, modules }: Frequencies): boolean {
  return (having.get(key) ?? 0) > Math.max(COMMON_LEAST, modules * COMMON_SHARE);
}

function termsOf(module: Vocabulary): Map<string, Counted> {
  const terms = new Map<string, Counted>();
  const add = (role: Role, words: string, written: string, count: number, worth: number) => {
    const key = `${role} ${words}`;
    const known = terms.get(key);
    if (known) terms.set(key, { ...known, count: count + known.count, worth: Math.max(worth, known.worth) });
    else terms.set(key, { role, words, written, count, worth });
  };
  for (const role of ROLES) {
    for (const [written, count] of module[role]) {
      const words = wordsOfName(written);
      if (words.length === 0) continue;
      add(role, words.map(folded).join(' '), written, count, WORTH[role]);
      if (role !== 'definitions' || words.length === 1) continue;
      for (const word of words) add(role, folded(word), word, count, WORTH[role] * PART);
    }
  }
  return terms;
}
