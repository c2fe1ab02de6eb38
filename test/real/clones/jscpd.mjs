/** What jscpd finds, by the same rule: two files of which clones cover at least half of the smaller one. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../support.mjs';

const HALF = 0.5;

/** Pairs of paths, sorted and joined by a line feed. */
export function jscpdPairs(program, top) {
  const output = mkdtempSync(join(tmpdir(), 'jscpd-'));
  const args = ['--reporters', 'json', '--output', output, '--min-lines', '5', '--min-tokens', '50', '--silent', '.'];
  run(program, args, { cwd: top, allowed: [0, 1] });
  const { duplicates } = JSON.parse(readFileSync(join(output, 'jscpd-report.json'), 'utf8'));
  rmSync(output, { recursive: true });
  const covered = new Map();
  for (const { firstFile, secondFile } of duplicates) {
    const [a, b] = [firstFile, secondFile].sort((x, y) => (x.name < y.name ? -1 : 1));
    if (a.name === b.name) continue;
    const key = `${a.name}\n${b.name}`;
    const rows = covered.get(key) ?? [new Set(), new Set()];
    for (const [index, { start, end }] of [a, b].entries())
      for (let line = start; line <= end; line++) rows[index].add(line);
    covered.set(key, rows);
  }
  const lines = (path) => readFileSync(join(top, path), 'latin1').split('\n').length;
  const isCopy = ([key, rows]) =>
    key.split('\n').some((path, index) => {
      const [own, other] = [lines(path), lines(key.split('\n')[1 - index])];
      return own <= other && rows[index].size >= HALF * own;
    });
  return new Set([...covered].filter(isCopy).map(([key]) => key));
}
