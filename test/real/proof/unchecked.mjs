/**
 * What it takes to carry out a plan whatever the check says of it. Without commits, history or a way back: this is no
 * way to work.
 */
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Stands for a list of acceptances in which every refusal is found. */
export const EVERYTHING = { some: () => true };

/** Writes the files of a plan as they shall be; those that go, first. */
export function writeAll(repository, prepared) {
  const transitions = prepared.flatMap((batch) => batch.transitions);
  for (const { path } of transitions.filter(({ after }) => after === null)) rmSync(join(repository, path));
  for (const { path, after } of transitions.filter((each) => each.after !== null)) {
    const place = join(repository, path);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, after.content);
    chmodSync(place, after.mode === '100755' ? 0o755 : 0o644);
  }
  return transitions;
}

/** What there is to say of a refusal. */
export const brief = ({ code, path, line, message }) => ({ code, path, line, message });
