/** Reads what unittest and pytest print: which tests failed, and how many ran. Pure; other output is not recognised. */

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
