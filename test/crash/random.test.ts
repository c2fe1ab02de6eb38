/** A sample of `npm run test:crash`, so that a break is seen at once. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('random worlds, plans and faults that were saved end old or new', () => {
  const args = ['test/crash/random.mjs', '--saved', '--jobs', '1'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect(status === 0 ? stdout : stderr).toMatch(/\d+ {2}(kill|torn|late|error), [\s\S]*none failed/);
}, 300_000);
