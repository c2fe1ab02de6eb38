import { existsSync, statfsSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

/**
 * Every run syncs what it writes, and waiting for a disk is a fifth of the suite's time. What is synced in which order is
 * tested by the system calls. Containers may have little of this memory: then it is the disk.
 */
const MEMORY = '/dev/shm';
const ENOUGH = 2 * 1024 ** 3;
const hasMemory = existsSync(MEMORY) && statfsSync(MEMORY).bavail * statfsSync(MEMORY).bsize > ENOUGH;

const WITH_GIT = ['io', 'commands', 'bundled', 'docs'].map((folder) => `test/${folder}/**/*.test.ts`);

export default defineConfig({
  test: {
    // The suite is meant for machines with two cores; while git works for one worker, there is one more.
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Tests must not see the developer's own git configuration.
    env: {
      ...(hasMemory ? { TMPDIR: MEMORY } : {}),
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_SYSTEM: '/dev/null',
      GIT_AUTHOR_NAME: 'Test',
      GIT_AUTHOR_EMAIL: 'test@example.invalid',
      GIT_COMMITTER_NAME: 'Test',
      GIT_COMMITTER_EMAIL: 'test@example.invalid',
    },
    projects: [
      {
        extends: true,
        // Starting git takes the longer, the more memory the starting process has: a fresh one for each file.
        test: { name: 'with git', include: WITH_GIT },
      },
      {
        extends: true,
        // Processes that load the code once.
        test: { name: 'all else', include: ['test/**/*.test.ts'], exclude: WITH_GIT, isolate: false },
      },
    ],
  },
});
