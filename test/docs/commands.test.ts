/**
 * What the documents say can be typed. Every block of commands is carried out, in order, in a copy of the bundled
 * repository, one for each document; what is not to be run says why. Blocks marked as long are only read, and verification
 * commands replaced by `true`, unless all is looked at (`npm run test:long`).
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { bundledRepository } from '../../src/bundled/index.js';
import { COMMANDS, GLOBAL_OPTIONS } from '../../src/commands/specs.js';
import { parseMap, parseRecipe } from '../../src/core/recipe.js';
import { type Sandbox, sandbox } from '../support/cli.js';
import { blocksOf, commandsOf, type DocumentedCommand, documents, plainWords } from '../support/documents.js';
import { LONG } from '../support/long.js';

const DOCUMENTS = documents();
/** Its files and tests are tried with its commands, in `test/commands/writing-transforms.test.ts`. */
const TRIED_ELSEWHERE = 'docs/writing-transforms.md';
const RUNNABLE = ['sh', 'console'];
const HERE = DOCUMENTS.filter((path) => path !== TRIED_ELSEWHERE);
const ALL = HERE.flatMap(blocksOf);
/** A line that somebody would type. */
const TYPED = /^(?:\$ )?(?:npx )?regraft [a-z-]/m;

function bundled(): Sandbox {
  const { name, files } = bundledRepository();
  // That recipes are verified is tested with the bundled repository; here their commands are carried out.
  const unverified = ([path, text]: [string, string]) => [
    path,
    text.replace(/verify: python3 .*$/gm, 'verify: "true"'),
  ];
  const box = sandbox(Object.fromEntries([...files].map(unverified)), { name });
  mkdirSync(join(box.top, '../bin'));
  writeFileSync(join(box.top, '../bin/regraft'), `#!/bin/sh\nexec node '${resolve('bin/regraft.js')}' "$@"\n`);
  chmodSync(join(box.top, '../bin/regraft'), 0o755);
  return box;
}

async function carryOut(box: Sandbox, line: string): Promise<{ exitCode: number | null; output: string }> {
  const [, command = line, file] = /^(.*?) > (\S+)$/.exec(line) ?? [];
  const words = plainWords(command.replace(/^npx /, ''));
  if (words?.[0] !== 'regraft') {
    const env = { ...process.env, PATH: `${join(box.top, '../bin')}${delimiter}${process.env.PATH}` };
    const { status, stdout, stderr } = spawnSync('bash', ['-c', line], { cwd: box.top, encoding: 'utf8', env });
    return { exitCode: status, output: `${stdout}${stderr}` };
  }
  const args = words.slice(1).map((word, index) => (!LONG && words[index] === '--verify' ? 'true' : word));
  const { exitCode, stdout, stderr } = await box.regraft(...args);
  if (file) writeFileSync(join(box.top, file), stdout);
  return { exitCode, output: `${stdout}${stderr}` };
}

/** Lines of documented output that the real output lacks; `...` stands for any lines. */
function missing(output: string, expected: readonly string[]): string[] {
  const lines = output.split('\n').map((line) => line.trimEnd());
  let at = 0;
  return expected.filter((line) => {
    if (line.trim() === '' || line.trim() === '...') return false;
    const found = lines.indexOf(line.trimEnd(), at);
    at = found < 0 ? at : found + 1;
    return found < 0;
  });
}

async function runDocument(path: string): Promise<void> {
  const box = bundled();
  try {
    for (const block of blocksOf(path)) {
      const { file } = block.notes;
      if (file !== undefined) box.write({ [file]: `${block.text}\n` });
      if (!RUNNABLE.includes(block.language) || 'not run' in block.notes || ('long' in block.notes && !LONG)) continue;
      for (const { at, line, exitCode, output: expected } of commandsOf(block)) {
        const ran = await carryOut(box, line);
        const shown = ran.exitCode === exitCode ? '' : ran.output.slice(-2000);
        expect([at, line, ran.exitCode, shown, missing(ran.output, expected)]).toEqual([at, line, exitCode, '', []]);
      }
    }
  } finally {
    box.remove();
  }
}

describe('the documents', () => {
  it('are there, and are linked from the README', () => {
    const readme = readFileSync('README.md', 'utf8');
    expect(DOCUMENTS.filter((path) => path !== 'README.md' && !readme.includes(`(${path})`))).toEqual([]);
    expect(ALL.filter(({ language }) => RUNNABLE.includes(language)).length).toBeGreaterThan(15);
  });

  it('have commands only in blocks that are run, or that say why they are not', () => {
    const hidden = ALL.filter(
      ({ language, text }) => !RUNNABLE.includes(language) && language !== 'yaml' && TYPED.test(text),
    );
    expect(hidden.map(({ at }) => at)).toEqual([]);
    const bare = ALL.filter(({ language }) => language === '');
    expect(bare.map(({ at }) => at)).toEqual([]);
    const marked = ALL.flatMap(({ at, notes }) =>
      ['not run', 'long'].flatMap((note) => (note in notes ? [[at, notes[note]]] : [])),
    );
    expect(marked.filter(([, reason]) => !reason || reason.length < 8)).toEqual([]);
    expect(marked.length).toBeGreaterThan(2);
  });

  it('link to files and headings that exist', () => {
    const broken = DOCUMENTS.flatMap((path) => {
      const text = readFileSync(path, 'utf8');
      const links = [...text.matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)];
      return links.flatMap(([whole, to = '', heading]) => {
        const target = to === '' ? path : join(path, '..', to);
        const there = textOf(target);
        const anchors = [...(there ?? '').matchAll(/^#+ (.*)$/gm)].map(([, title = '']) => slug(title));
        return there === null || (heading && !anchors.includes(heading)) ? [`${path}: ${whole}`] : [];
      });
    });
    expect(broken).toEqual([]);
  });

  it('show YAML that is a recipe, a map, or settings of something else', () => {
    for (const { at, text } of ALL.filter(({ language }) => language === 'yaml')) {
      const keys = Object.keys(parse(text) ?? {});
      if (keys.includes('phases')) expect(() => parseRecipe(at, text), at).not.toThrow();
      else if (keys.every((key) => key.endsWith('.py'))) expect(() => parseMap(at, text), at).not.toThrow();
      else
        expect(
          keys.some((key) => ['jobs', 'repos'].includes(key)),
          at,
        ).toBe(true);
    }
  });

  it('name commands and options that exist, also where nothing is run', () => {
    const commands = ALL.filter(({ language }) => RUNNABLE.includes(language)).flatMap(commandsOf);
    expect(commands.flatMap(unknownWords)).toEqual([]);
  });
});

describe('what the documents say can be typed', () => {
  it.each(LONG ? HERE : ['README.md'])('in %s works', runDocument, LONG ? 1_200_000 : 120_000);
});

function unknownWords({ at, line }: DocumentedCommand): string[] {
  const words = plainWords(line.replace(/^npx /, '').replace(/ > \S+$/, '')) ?? [];
  if (words[0] !== 'regraft') return [];
  const spec = COMMANDS.find(({ name }) => words.includes(name));
  const options = { ...GLOBAL_OPTIONS, ...spec?.options };
  const flags = words.filter((word) => word.startsWith('--')).map((word) => word.slice(2).replace(/=.*/, ''));
  const unknown = flags.filter((flag) => !Object.hasOwn(options, flag) && flag !== 'help');
  return [
    ...(spec || flags.includes('help') ? [] : [`${at}: no command in ${line}`]),
    ...unknown.map((flag) => `${at}: --${flag}`),
  ];
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** As GitHub names headings. */
const slug = (title: string) =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
