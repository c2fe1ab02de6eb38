import { describe, expect, test } from 'vitest';
import { type FileKind, fileKind } from '../../src/core/file-kinds.js';

const CASES: readonly (readonly [FileKind, string, string?])[] = [
  ['python', 'a.py'],
  ['python', 'a.pyw'],
  ['python', 'A.PY'],
  ['python', 'bin/tool', '#!/usr/bin/env python3\n'],
  ['python', 'bin/tool', '#!/usr/bin/python3.11 -u\n'],
  ['python', 'bin/tool', '#!/usr/bin/env -S python -O\n'],
  ['python', 'nul.py', 'a\0b'],
  ['stub', 'pkg/a.pyi'],
  ['notebook', 'n.ipynb', '{}'],
  ['config', 'pyproject.toml'],
  ['config', 'setup.cfg'],
  ['config', 'a/b.yaml'],
  ['config', '.env'],
  ['config', '.env.production'],
  ['config', 'package.json'],
  ['config', 'pyrightconfig.json'],
  ['config', '.vscode/launch.json'],
  ['config', '.github/CODEOWNERS'],
  ['config', '.coveragerc'],
  ['config', 'MANIFEST.in'],
  ['config', 'requirements-dev.txt'],
  ['config', '.importlinter'],
  ['build', 'Makefile'],
  ['build', 'rules/x.mk'],
  ['build', 'Dockerfile'],
  ['build', 'docker/Dockerfile.dev'],
  ['build', 'docker-compose.override.yml'],
  ['build', 'compose.yaml'],
  ['build', '.github/workflows/ci.yml'],
  ['build', '.gitlab-ci.yml'],
  ['build', 'tox.ini'],
  ['python', 'noxfile.py'],
  ['build', 'justfile'],
  ['build', 'run.sh'],
  ['build', 'run.bat'],
  ['build', 'run.ps1'],
  ['build', 'crontab'],
  ['build', 'Procfile'],
  ['build', 'bin/start', '#!/bin/sh\nexec python -m a\n'],
  ['build', 'CMakeLists.txt'],
  ['script-js', 'a.js'],
  ['script-js', 'a.tsx'],
  ['script-js', 'a.cjs'],
  ['script-js', 'bin/x', '#!/usr/bin/env node\n'],
  ['docs', 'README.md'],
  ['docs', 'docs/a.rst'],
  ['docs', 'LICENSE'],
  ['docs', 'CHANGELOG'],
  ['docs', 'notes.txt'],
  ['docs', 'r/tiers.yaml', '# yaml-language-server: $schema=../schemas/recipe.schema.json\nphases: []\n'],
  ['docs', 'r/tiers.json', '{"$schema": "https://example.invalid/recipe.schema.json"}'],
  ['config', 'r/other.yaml', '# yaml-language-server: $schema=../schemas/compose.schema.json\n'],
  ['data', 'report.json'],
  ['data', 'a.csv'],
  ['data', 'a.log'],
  ['data', 'unknown', 'plain text'],
  ['data', 'empty'],
  ['data', 'utf16.csv', '\xff\xfea\0'],
  ['data', 'constructor'],
  ['data', '__proto__'],
  ['data', 'a.__proto__'],
  ['data', 'a.toString'],
  ['binary', 'a.png'],
  ['binary', 'a.pyc'],
  ['binary', 'unknown', 'ab\0c'],
  ['binary', 'data.json', '\0'],
];

describe('fileKind', () => {
  test.each(CASES.map(([kind, path, head = '']) => ({ kind, path, head })))(
    '$path is $kind',
    ({ kind, path, head }) => {
      expect(fileKind(path, () => Buffer.from(head, 'latin1'))).toBe(kind);
    },
  );

  test('reads nothing of a file whose name says that it holds Python', () => {
    const unread = () => {
      throw new Error('read');
    };
    expect(['a.py', 'a.pyi', 'a.ipynb', 'a.pyc'].map((path) => fileKind(path, unread))).toEqual([
      'python',
      'stub',
      'notebook',
      'binary',
    ]);
  });
});
