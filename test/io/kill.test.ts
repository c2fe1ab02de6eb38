import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const script = fileURLToPath(new URL('kill-apply.mjs', import.meta.url));

test('killed at random moments and recovered, a run is exactly absent or exactly present, batch by batch', () => {
  const output = execFileSync(process.execPath, [script, '--kills', '3'], { encoding: 'utf8' });
  expect(JSON.parse(output)).toMatchObject({ kills: 3 });
}, 300_000);
