/** The import table: who may know whom, each rule with its reason, enforced on the sources themselves. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const SOURCES = ['src', 'transforms'].flatMap((folder) => filesBelow(folder));

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : path.endsWith('.ts') ? [path] : [];
  });
}

interface Imported {
  readonly from: string;
  readonly to: string;
}

function importsOf(path: string): Imported[] {
  const text = readFileSync(path, 'utf8');
  const found = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] as string);
  const required = [...text.matchAll(/require(?:\.resolve)?\('([^']+)'\)/g)].map((match) => match[1] as string);
  return [...found, ...required].map((to) => ({ from: path, to: to.startsWith('.') ? resolveLocal(path, to) : to }));
}

function resolveLocal(path: string, to: string): string {
  return normalize(join(dirname(path), to)).replace(/\.js$/, '.ts');
}

const IMPORTS = SOURCES.flatMap(importsOf);

/** Files that are a room of their own. */
const ALONE = [
  'src/arguments.ts',
  'src/cli.ts',
  'src/index.ts',
  'src/testing.ts',
  'transforms/javascript-references.ts',
];

function roomOf(path: string): string {
  if (ALONE.includes(path)) return path;
  const parts = path.split('/');
  if (parts[0] !== 'transforms') return parts[1] as string;
  return parts[1] === 'examples' ? 'examples' : 'transforms';
}

/** Room -> rooms it may import from. */
const MAY: Readonly<Record<string, { rooms: readonly string[]; reason: string }>> = {
  core: { rooms: ['core'], reason: 'the core is pure: it must not know parsers, disks, reports or commands' },
  python: { rooms: ['python', 'core'], reason: 'reading Python gives facts; it must not know what they are used for' },
  javascript: {
    rooms: ['javascript', 'core'],
    reason: 'reading JavaScript gives plain values; it must not know what they are used for',
  },
  'transforms/javascript-references.ts': {
    rooms: ['transforms', 'javascript', 'core'],
    reason: 'jscodeshift runs this transform by itself, so it reads what it is given',
  },
  io: { rooms: ['io', 'core'], reason: 'the rim carries out; it must not decide, parse Python or print' },
  bundled: {
    rooms: ['bundled'],
    reason: 'the bundled repository is plain data; its truth must not rest on what is tested by it',
  },
  transforms: {
    rooms: ['transforms', 'core'],
    reason: 'a transform is a pure function of facts and graph; users copy it',
  },
  authoring: {
    rooms: ['authoring', 'core', 'python'],
    reason: "what users' transforms are written against must give them no disk, no git and no command",
  },
  examples: {
    rooms: ['examples', 'src/index.ts'],
    reason: 'built-in transforms are written as users write theirs: against the library entry alone',
  },
  report: { rooms: ['report', 'core'], reason: 'a report turns values into text; it must not compute or fetch them' },
  commands: {
    rooms: [
      'commands',
      'authoring',
      'core',
      'python',
      'javascript',
      'io',
      'report',
      'transforms',
      'examples',
      'bundled',
    ],
    reason: 'commands put the rooms together; nobody but the command line calls them',
  },
  'src/arguments.ts': {
    rooms: ['commands', 'core'],
    reason: 'what was typed becomes a command; it knows no stream',
  },
  'src/cli.ts': {
    rooms: ['src/arguments.ts', 'commands', 'core', 'report', 'python'],
    reason: 'the command line knows streams and signals; work is done by commands',
  },
  'src/index.ts': {
    rooms: ['commands', 'authoring', 'core', 'python', 'javascript', 'io', 'report', 'transforms', 'bundled'],
    reason: 'the library entry exports from everywhere',
  },
  'src/testing.ts': {
    rooms: ['commands', 'authoring', 'core', 'python', 'io', 'report', 'transforms'],
    reason: 'tests of transforms run what the command runs',
  },
};

/** Package or builtin -> the only places that may import it. */
const ONLY: readonly { module: RegExp; places: RegExp; reason: string }[] = [
  { module: /^(node:)?fs(\/promises)?$/, places: /^src\/io\//, reason: 'only the io layer touches the disk' },
  { module: /^(node:)?child_process$/, places: /^src\/io\//, reason: 'only the io layer starts processes' },
  {
    module: /^simple-git$/,
    places: /^src\/io\/git\.ts$/,
    reason: 'every git command goes through one builder with its defensive flags',
  },
  {
    module: /^(web-)?tree-sitter(-python.*)?$/,
    places: /^src\/python\/(native|wasm|grammar)\.ts$/,
    reason: 'everything else reads the plain tree, and the list of what may be in it',
  },
  {
    module: /^jscodeshift(?:\/|$)/,
    places: /^src\/authoring\/(scripts|types)\.ts$|^src\/javascript\/|^transforms\/javascript-references\.ts$/,
    reason: 'it is heavy, and loaded only where a script spells a name at stake or a transform edits one',
  },
  {
    module: /^(cytoscape|#page)/,
    places: /^src\/io\/page-assets\.ts$/,
    reason: 'what runs in the report page is read in one place and runs nowhere else',
  },
  {
    module: /^yargs$/,
    places: /^src\/(arguments|commands\/specs\/options)\.ts$/,
    reason: 'only the command line parses arguments',
  },
];

/** The port, and the maker of a repository in a new temporary directory, in which nothing of a user's can be. */
const CHANGERS = new Set(['src/io/mutations.ts', 'src/io/temporary-repository.ts']);

const namesIn = (names: string | undefined) =>
  (names ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);

describe('the import table', () => {
  it('reads the sources', () => {
    expect(SOURCES.length).toBeGreaterThan(40);
    expect(IMPORTS.length).toBeGreaterThan(200);
  });

  it('lets each room import only from the rooms it may know', () => {
    const wrong = IMPORTS.filter(({ to }) => /^(src|transforms)\//.test(to)).flatMap(({ from, to }) => {
      const rule = MAY[roomOf(from)];
      return rule?.rooms.includes(roomOf(to))
        ? []
        : [`${from} imports ${to}: ${rule?.reason ?? 'this room has no rule'}`];
    });
    expect(wrong).toEqual([]);
  });

  it('keeps disks, processes, git, parsers and arguments each in one place', () => {
    const wrong = IMPORTS.flatMap(({ from, to }) =>
      ONLY.filter(({ module, places }) => module.test(to) && !places.test(from)).map(
        ({ reason }) => `${from} imports ${to}: ${reason}`,
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('lets only the command line, and the io layer for its children, touch the process', () => {
    const wrong = SOURCES.filter((path) => path !== 'src/cli.ts' && !path.startsWith('src/io/')).filter((path) =>
      /\bprocess\.(?!\w*ing\b)\w/.test(readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')),
    );
    expect(wrong).toEqual([]);
  });

  it('has no clock and no chance in the pure rooms', () => {
    const pure = SOURCES.filter((path) => /^(src\/(core|python|javascript|report|bundled)|transforms)\//.test(path));
    const wrong = pure.filter((path) => /\bDate\.now\(|new Date\(\)|Math\.random\(/.test(readFileSync(path, 'utf8')));
    expect(wrong).toEqual([]);
  });

  it('changes disks only in the port that can be made to fail, and starts processes only where they are bounded', () => {
    const reading =
      /^(accessSync|constants|existsSync|lstatSync|readFileSync|readdirSync|readlinkSync|realpathSync|statfsSync|statSync|type Stats|type BigIntStats)$/;
    const wrong = SOURCES.flatMap((path) => {
      const text = readFileSync(path, 'utf8');
      const named = [...text.matchAll(/import \{([^}]*)\} from '(?:node:)?fs'/g)].flatMap(([, names]) =>
        namesIn(names),
      );
      const whole = /(?:import \* as|import) \w+ from '(?:node:)?fs|fs\/promises|process\.binding/.test(text);
      const changing = named.filter((name) => !reading.test(name));
      const gitWrites = /\bwrite: true\b/.test(text) && !/^src\/io\/git\.ts$/.test(path);
      if (CHANGERS.has(path)) return [];
      return [...changing, ...(whole ? ['all of fs'] : []), ...(gitWrites ? ['a writing git'] : [])].map(
        (what) =>
          `${path} uses ${what}: only src/io/mutations.ts changes anything, so that every change can be made to fail`,
      );
    });
    expect(wrong).toEqual([]);
    expect(SOURCES.filter((path) => /from 'node:child_process'/.test(readFileSync(path, 'utf8'))).sort()).toEqual([
      'src/io/command.ts',
      // The one child that has the terminal, which only the person can end.
      'src/io/pager.ts',
      'src/io/processes.ts',
      'src/io/reference-transaction.ts',
      'src/io/temporary-repository.ts',
    ]);
  });

  it('has no import cycle', () => {
    expect(cycles()).toEqual([]);
  });
});

/** Type-only imports vanish when compiled; they make no cycle at run time. */
function cycles(): string[] {
  const runtime = new Map<string, string[]>();
  for (const path of SOURCES) {
    const text = readFileSync(path, 'utf8').replace(/^(?:import|export) type [^;]*;/gm, '');
    const targets = [...text.matchAll(/(?:from|import)\s*'(\.[^']+)'/g)].map((match) =>
      resolveLocal(path, match[1] as string),
    );
    runtime.set(path, targets);
  }
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (path: string, chain: readonly string[]): void => {
    if (chain.includes(path)) found.push([...chain.slice(chain.indexOf(path)), path].join(' -> '));
    if (chain.includes(path) || done.has(path)) return;
    for (const next of runtime.get(path) ?? []) walk(next, [...chain, path]);
    done.add(path);
  };
  for (const path of SOURCES) walk(path, []);
  return found;
}
