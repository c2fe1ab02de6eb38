/** Which member of a family to keep, and why: contents, name, use, tests, history and size, gathered for the recommendation. */
import type { CodePrint } from '../core/clones/model.js';
import { compareModules } from '../core/compare.js';
import { importersOf } from '../core/dependents.js';
import { carriesMarker, type Family, type KeeperCandidate, recommendKeeper } from '../core/families.js';
import { pastOfFiles } from '../io/past.js';
import { importLines } from '../python/code-print.js';
import { importsIn } from '../python/skim/imports-in.js';
import type { Session } from './session.js';

/**
 * The families with the keeper that the evidence recommends.
 * @param pinned paths that the user wants to keep whatever the evidence says
 * @param prints those that are there already, by path: they tell what a file does not import
 */
export async function recommendKeepers(
  session: Session,
  families: readonly Family[],
  pinned: readonly string[],
  prints: ReadonlyMap<string, CodePrint> = new Map(),
): Promise<Family[]> {
  const members = [...new Set(families.flatMap((family) => family.members))];
  const importers = importersOf(session.linker, members, (path, words) =>
    importsOf(session, path, words, prints.get(path)),
  );
  const past = await pastOfFiles(session.repository, members);
  return families.map((family) => {
    const pin = family.members.find((path) => pinned.includes(path));
    if (pin !== undefined) return { ...family, keep: pin, reasons: ['you want to keep it'] };
    // One member for each content: equal bytes have the same.
    const contents = new Map(family.members.map((path) => [contentName(session, path), path]));
    const candidates = family.members.map((path) => ({
      ...candidateOf(session, family, path, importers.get(path) ?? new Set(), contents),
      past: past.get(path) ?? null,
    }));
    const [first, ...others] = candidates;
    return first ? { ...family, ...recommendKeeper([first, ...others]) } : family;
  });
}

/** From the lines that a print tells of, where there is one; else what does not spell a word is not read. */
function importsOf({ codebase }: Session, path: string, words: readonly string[], print: CodePrint | undefined) {
  const source = print || codebase.spells(path, words) ? codebase.text(path) : { undecodable: '' };
  if ('undecodable' in source) return null;
  return importsIn(print ? importLines(source.text, print) : source.text);
}

function contentName(session: Session, path: string): string {
  return session.snapshot.entry(path)?.blob ?? path;
}

function candidateOf(
  session: Session,
  family: Family,
  path: string,
  importers: ReadonlySet<string>,
  contents: ReadonlyMap<string, string>,
): Omit<KeeperCandidate, 'past'> {
  const contentOf = (member: string) => contentName(session, member);
  const compared = (member: string) => session.tools.compared(session.codebase, session.linker, member);
  const users = [...importers].filter((file) => !family.members.includes(file));
  return {
    path,
    hasMarker: family.found === 'name' ? path !== family.keep : carriesMarker(path),
    isTest: TEST.test(path),
    dependents: users.length,
    tests: users.filter((file) => TEST.test(file)).length,
    symbols: compared(path).outline.symbols.length,
    isSuperset:
      contents.size <= MOST_COMPARED &&
      [...contents.values()].every(
        (other) =>
          contentOf(other) === contentOf(path) ||
          CONTAINED.has(compareModules(compared(path), compared(other)).verdict),
      ),
  };
}

/** In larger families nobody looks for the one that has everything: each would be compared with each. */
const MOST_COMPARED = 60;

/** Where tests stand, as their runners look for them. */
const TEST = /(?:^|\/)(?:tests?\/|test_[^/]*$|[^/]*_test\.py$)/;

const CONTAINED: ReadonlySet<string> = new Set(['identical', 'equivalent', 'subset']);
