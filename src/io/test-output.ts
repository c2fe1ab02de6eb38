/** Reads what unittest and pytest print: which tests failed, and how many ran. Pure; other output is not recognised. */

import type { MovedFile } from '../core/model.js';

export interface TestReport {
  readonly failing: ReadonlySet<string>;
  /** Tests that were carried out, skipped ones not counted. */
  readonly ran: number;
}

const COLOURS = /\u001b\[[0-9;]*m/g;
const LONGEST = 2000;

/** `null` when the output is neither unittest's nor pytest's. Several runs in one output are added up. */
export function readTestOutput(output: string): TestReport | null {
  // Longer lines are no summaries, and would only be slow to match.
  const lines = output
    .replace(COLOURS, '')
    .split('\n')
    .filter((line) => line.length < LONGEST)
    .map((line) => line.trimEnd());
  const unittest = readUnittest(lines);
  const pytest = readPytest(lines);
  if (unittest === null || pytest === null) return unittest ?? pytest;
  return { failing: new Set([...unittest.failing, ...pytest.failing]), ran: unittest.ran + pytest.ran };
}

/** Names of tests under the names that their files have after moves; what did not move keeps its own. */
export function testsAfterMoves(tests: ReadonlySet<string>, moves: readonly MovedFile[]): ReadonlySet<string> {
  const renames = moves.filter(({ from }) => from.endsWith('.py')).flatMap(namings);
  return new Set([...tests].map((test) => renamed(test, renames)));
}

type Naming = readonly [from: string, to: string];

/** A file's path and dotted name, from the top and from each directory that both ends share. */
function namings({ from, to }: MovedFile): Naming[] {
  const [old, now] = [from.split('/'), to.split('/')];
  const found: Naming[] = [];
  for (let depth = 0; depth === 0 || old[depth - 1] === now[depth - 1]; depth++) {
    const [left, right] = [old.slice(depth), now.slice(depth)];
    if (left.length === 0 || right.length === 0) break;
    found.push([left.join('/'), right.join('/')], [dotted(left), dotted(right)]);
  }
  return found;
}

const dotted = (parts: readonly string[]) => parts.join('.').replace(/(?:\.__init__)?\.py$/, '');

function renamed(test: string, namings: readonly Naming[]): string {
  for (const [from, to] of namings) {
    const at = test.indexOf(from);
    if (at < 0 || /[\w.]/.test(test[at - 1] ?? '') || /\w/.test(test[at + from.length] ?? '')) continue;
    return test.slice(0, at) + to + test.slice(at + from.length);
  }
  return test;
}

function readUnittest(lines: readonly string[]): TestReport | null {
  const counts = lines.flatMap((line) => /^Ran (\d+) tests? in /.exec(line)?.[1] ?? []);
  if (counts.length === 0) return null;
  const skipped = lines.flatMap((line) => /^(?:OK|FAILED) \(.*?skipped=(\d+)/.exec(line)?.[1] ?? []);
  const failing = lines.flatMap((line) => /^(?:FAIL|ERROR): (\S+ \(.*\).*|\S+)$/.exec(line)?.[1] ?? []);
  return { failing: new Set(failing), ran: sum(counts) - sum(skipped) };
}

function readPytest(lines: readonly string[]): TestReport | null {
  const summaries = lines.filter((line) => /^=*\s*(\d+ [a-z]+(, )?)+.* in [\d.]+s\b/.test(line));
  if (summaries.length === 0) return null;
  const ids = lines.flatMap((line) => /^(?:FAILED|ERROR) (\S.*?)(?: - .*)?$/.exec(line)?.[1] ?? []);
  const counts = summaries.flatMap((line) =>
    [...line.matchAll(/(\d+) (?:passed|failed|errors?|xfailed|xpassed)\b/g)].map((match) => match[1] as string),
  );
  return { failing: new Set(ids), ran: sum(counts) };
}

const sum = (counts: readonly string[]) => counts.reduce((total, count) => total + Number(count), 0);
