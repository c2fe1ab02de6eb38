/**
 * The one builder of git commands. Every call goes through simple-git with the same defensive settings, so that nothing
 * a repository's configuration chose runs, and so that output is bytes. Knows nothing of what the commands are for.
 */
import { simpleGit } from 'simple-git';
import { EXIT, problem, RegraftError } from '../core/problems.js';
import { observed } from './observed.js';
import { userEnvironment } from './processes.js';
import { runReferenceTransaction, type TransactionOptions, type TransactionResult } from './reference-transaction.js';

export interface GitOptions {
  /** Written to standard input. */
  readonly input?: Uint8Array | string;
  /** Milliseconds without output after which git is killed. Default 120,000. */
  readonly timeout?: number;
  /** An index file to use in place of the repository's own. */
  readonly index?: string;
  /** The command changes something: objects and refs are synced to disk, and the index may be locked. */
  readonly write?: boolean;
}

export interface GitResult {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface Git {
  /** Runs and returns whatever the exit code. Throws only when git cannot be started or hangs. */
  run(args: readonly string[], options?: GitOptions): Promise<GitResult>;
  /** Standard output as bytes; throws {@link RegraftError} `git-failed` on a non-zero exit. */
  bytes(args: readonly string[], options?: GitOptions): Promise<Buffer>;
  /** Standard output as text. */
  text(args: readonly string[], options?: GitOptions): Promise<string>;
  /** Standard output without its final line end. */
  line(args: readonly string[], options?: GitOptions): Promise<string>;
  /** NUL-separated standard output, undecoded. */
  records(args: readonly string[], options?: GitOptions): Promise<Buffer[]>;
  /** See {@link runReferenceTransaction}. */
  references(
    args: readonly string[],
    instructions: readonly string[],
    options: TransactionOptions,
  ): Promise<TransactionResult>;
}

type Setting = readonly [key: string, value: string];

const SETTINGS: readonly Setting[] = [
  ['core.fsmonitor', 'false'], // may name a program, run by every command that reads the index
  ['core.hooksPath', '/dev/null'], // update-ref and index writes run hooks too; commit hooks are run on purpose, in verify
  ['core.quotePath', 'false'], // names come back as they are; -z is used besides
  ['core.pager', 'cat'], // may name a program
  ['core.splitIndex', 'false'], // an index written aside must be whole, it is linked into place by itself
  ['core.alternateRefsCommand', 'true'], // may name a program
  ['i18n.commitEncoding', 'UTF-8'], // messages are handed over as UTF-8
  ['gc.auto', '0'], // no background process that outlives us
  ['maintenance.auto', 'false'],
  ['core.filesRefLockTimeout', '5000'], // an editor's git may hold a reference for a moment
  ['submodule.recurse', 'false'], // a submodule is another repository, never touched
];

/** A default git commit syncs nothing; about 10 ms for 20 files buys survival of a power loss. */
const DURABLE: readonly Setting[] = [
  ['core.fsync', 'all'],
  ['core.fsyncMethod', 'fsync'],
];

/** Handed on to git as the user set them; every other GIT_* variable is dropped. */
const KEPT =
  /^GIT_(AUTHOR_|COMMITTER_|CONFIG_(GLOBAL|SYSTEM|NOSYSTEM)$|CEILING_DIRECTORIES$|DISCOVERY_ACROSS_FILESYSTEM$)/;
const DROPPED = /^(GIT_.*|EDITOR|VISUAL|PAGER|PREFIX|SSH_ASKPASS)$/i;

/**
 * simple-git guards against unsafe settings by name. All of ours are fixed and switch programs off, but driver names come
 * from the repository and may contain any guarded word, so every guard on settings is lifted for these settings.
 */
const UNSAFE = {
  allowUnsafeAlias: true,
  allowUnsafeAskPass: true,
  allowUnsafeCommandBinaries: true,
  allowUnsafeConfigEnvCount: true,
  allowUnsafeConfigPaths: true,
  allowUnsafeCredentialHelper: true,
  allowUnsafeDiffExternal: true,
  allowUnsafeDiffTextConv: true,
  allowUnsafeEditor: true,
  allowUnsafeFilter: true,
  allowUnsafeFsMonitor: true,
  allowUnsafeGitProxy: true,
  allowUnsafeGpgProgram: true,
  allowUnsafeHooksPath: true,
  allowUnsafeInclude: true,
  allowUnsafeMergeDriver: true,
  allowUnsafePack: true,
  allowUnsafePager: true,
  allowUnsafeProtocolOverride: true,
  allowUnsafeSshCommand: true,
  allowUnsafeSubmodule: true,
  allowUnsafeTemplateDir: true,
  allowUnsafeUrlRewrite: true,
};

/** Git for one directory. `filterDrivers` are the drivers that the configuration names ({@link filterDrivers}). */
export function gitIn(directory: string, drivers: readonly string[] = []): Git {
  const settings = [...SETTINGS, ...drivers.flatMap(neutralised)];
  const run = (args: readonly string[], options: GitOptions = {}) =>
    observed(args, () => execute(directory, settings, args, options));
  const bytes = async (args: readonly string[], options?: GitOptions) => demand(args, await run(args, options));
  const text = async (args: readonly string[], options?: GitOptions) => (await bytes(args, options)).toString('utf8');
  return {
    run,
    bytes,
    text,
    line: async (args, options) => (await text(args, options)).replace(/\n$/, ''),
    records: async (args, options) => splitRecords(await bytes(args, options)),
    references: (args, instructions, options) => {
      const environment = gitEnvironment([...settings, ...DURABLE], { write: true });
      return observed(['update-ref', ...args, '--stdin'], () =>
        runReferenceTransaction(directory, environment, args, instructions, options),
      );
    },
  };
}

/** All four, since `required` makes a missing program fatal and `process` wins over the other two. */
function neutralised(driver: string): Setting[] {
  return [
    [`filter.${driver}.clean`, ''],
    [`filter.${driver}.smudge`, ''],
    [`filter.${driver}.process`, ''],
    [`filter.${driver}.required`, 'false'],
  ];
}

/** The filter drivers that the configuration names, from every level of it. */
export async function filterDrivers(git: Git): Promise<string[]> {
  const { stdout } = await git.run(['config', '-z', '--name-only', '--get-regexp', '^filter\\.']);
  const names = splitRecords(stdout).map((record) => /^filter\.(.*)\.[^.]*$/s.exec(record.toString('utf8'))?.[1]);
  return [...new Set(names.filter((name) => name !== undefined))];
}

async function execute(
  directory: string,
  settings: readonly Setting[],
  args: readonly string[],
  options: GitOptions,
): Promise<GitResult> {
  const environment = gitEnvironment(options.write ? [...settings, ...DURABLE] : settings, options);
  const chunks: Buffer[] = [];
  const result = { code: 0, stderr: '' };
  const git = simpleGit({
    baseDir: directory,
    allowEnvironment: Object.keys(environment),
    unsafe: UNSAFE,
    timeout: { block: options.timeout ?? 120_000 },
    // Waiting for `close` alone: the default also ends 50 ms after `exit`, and loses output on a busy machine.
    completion: { onClose: true, onExit: false },
    ...(options.input === undefined ? {} : { input: () => Buffer.from(options.input as Uint8Array) }),
    errors(error, { exitCode, stdErr }) {
      result.code = exitCode;
      result.stderr = Buffer.concat(stdErr).toString('utf8').trim();
      return exitCode > 0 ? undefined : error;
    },
  }).env(environment);
  git.outputHandler((_command, stdout) => {
    stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    // simple-git gives commands that print nothing another 50 ms; an empty chunk spares a batch half a second.
    stdout.once('end', () => stdout.emit('data', Buffer.alloc(0)));
  });
  try {
    await git.raw([...args]);
  } catch (error) {
    throw cannotRun(args, error as Error);
  }
  return { ...result, stdout: Buffer.concat(chunks) };
}

function gitEnvironment(settings: readonly Setting[], options: GitOptions): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(userEnvironment())) {
    if (KEPT.test(name) || !DROPPED.test(name)) environment[name] = value;
  }
  // Settings travel in the environment, since a `-c key=value` cannot express a driver whose name contains `=`.
  for (const [index, [key, value]] of settings.entries()) {
    environment[`GIT_CONFIG_KEY_${index}`] = key;
    environment[`GIT_CONFIG_VALUE_${index}`] = value;
  }
  return {
    ...environment,
    GIT_CONFIG_COUNT: String(settings.length),
    GIT_TERMINAL_PROMPT: '0', // never wait for a password
    GIT_LITERAL_PATHSPECS: '1', // a file may be called `:(top)` or `*`
    GIT_NO_LAZY_FETCH: '1', // no network behind a read
    GIT_NO_REPLACE_OBJECTS: '1', // object ids must mean their content
    LC_ALL: 'C', // messages are matched
    // Read-only commands must not refresh the index on the way.
    ...(options.write ? {} : { GIT_OPTIONAL_LOCKS: '0' }),
    ...(options.index === undefined ? {} : { GIT_INDEX_FILE: options.index }),
  };
}

function demand(args: readonly string[], result: GitResult): Buffer {
  if (result.code === 0) return result.stdout;
  throw new RegraftError(
    problem('git-failed', `git ${args[0]} failed with exit code ${result.code}: ${result.stderr || 'no message'}`, {
      hint: `run the same command by hand: git ${args.slice(0, 4).join(' ')}`,
    }),
  );
}

function cannotRun(args: readonly string[], error: Error): RegraftError {
  if (/ENOENT/.test(error.message)) {
    return new RegraftError(
      problem('git-missing', 'git was not found', { hint: 'install git 2.39 or later' }),
      EXIT.error,
    );
  }
  return new RegraftError(problem('git-failed', `git ${args[0]} could not be run: ${error.message}`), EXIT.error);
}

/** Splits NUL-terminated or NUL-separated output. */
export function splitRecords(bytes: Buffer): Buffer[] {
  const records: Buffer[] = [];
  let start = 0;
  for (let end = bytes.indexOf(0); end >= 0; end = bytes.indexOf(0, start)) {
    records.push(bytes.subarray(start, end));
    start = end + 1;
  }
  if (start < bytes.length) records.push(bytes.subarray(start));
  return records;
}

/** Arguments that run one of the repository's own hooks, if it has it. The only way a hook is ever run: on purpose. */
export function hookArguments(name: string, args: readonly string[]): string[] {
  return ['hook', 'run', '--ignore-missing', name, '--', ...args];
}
