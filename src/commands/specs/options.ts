/** Pieces that the descriptions of commands are made of: shared options, and how arguments are read. */
import type { Options, PositionalOptions } from 'yargs';
import { problem, RegraftError } from '../../core/problems.js';
import type { VerifyPlan } from '../../io/verify.js';
import type { Environment, Outcome } from '../command.js';
import type { OnFailure } from '../isolating.js';

export type Arguments = Record<string, unknown>;

export interface CommandSpec {
  readonly name: string;
  readonly describe: string;
  readonly positionals: readonly {
    readonly name: string;
    readonly usage: string;
    readonly options: PositionalOptions;
  }[];
  readonly options: Record<string, Options>;
  readonly examples: readonly (readonly [command: string, what: string])[];
  run(environment: Environment, argv: Arguments): Promise<Outcome>;
}

export const GLOBAL_OPTIONS: Record<string, Options> = {
  directory: { alias: 'C', type: 'string', requiresArg: true, describe: 'work in the repository of this directory' },
  'dry-run': { alias: 'n', type: 'boolean', describe: 'write nothing, even with --apply' },
  verbose: { alias: 'v', type: 'boolean', describe: 'git commands and times, on standard error' },
  quiet: { alias: 'q', type: 'boolean', describe: 'no progress' },
  'no-pager': { type: 'boolean', describe: 'print long results at once; else they go through $PAGER on a terminal' },
  engine: { choices: ['native', 'wasm'], describe: 'parsing engine (default: native where it loads)' },
};

export const list = (argv: Arguments, name: string): string[] => [argv[name] ?? []].flat().map(String);
/** Of an option given twice the last counts. */
export const optional = (argv: Arguments, name: string): string | undefined => list(argv, name).at(-1);

export function format(...choices: string[]): Options {
  return { choices: ['text', 'json', ...choices], default: 'text', describe: 'how to print the result' };
}

export function many(name: string, describe: string) {
  return { name, usage: `[${name}..]`, options: { type: 'string', array: true, describe } as PositionalOptions };
}

export function one(name: string, describe: string, isOptional = false) {
  return {
    name,
    usage: isOptional ? `[${name}]` : `<${name}>`,
    options: { type: 'string', describe } as PositionalOptions,
  };
}

export const SUFFIX: Options = {
  type: 'string',
  array: true,
  nargs: 1,
  describe: 'what marks a duplicate, such as _robust (repeatable; default: the usual ones)',
};
const VERIFY: Options = {
  type: 'string',
  array: true,
  nargs: 1,
  describe: 'command that must not get worse (repeatable); a batch that makes it fail is rolled back',
};

/** How a run is verified. */
export const VERIFYING: Record<string, Options> = {
  verify: VERIFY,
  'verify-timeout': {
    type: 'number',
    requiresArg: true,
    describe: 'seconds after which a verification command is ended with all it has started (default: 1800)',
  },
  isolate: {
    type: 'boolean',
    describe: 'verify in a working tree of its own; a probe makes sure that Python imports the packages from there',
  },
};

/** The same, and what is done when it fails. @param fallback see {@link onFailure} */
export const verifying = (fallback: OnFailure | null): Record<string, Options> => ({
  ...VERIFYING,
  'on-failure': onFailure(fallback),
});

/** What {@link VERIFYING} was answered with. */
export function verification(argv: Arguments): VerifyPlan {
  const seconds = argv['verify-timeout'] === undefined ? null : Number(argv['verify-timeout']);
  if (seconds !== null && !(seconds > 0 && seconds < 2 ** 31 / 1000)) {
    const hint = '--verify-timeout 600: ten minutes for each command';
    throw new RegraftError(problem('usage', '--verify-timeout takes a number of seconds', { hint }));
  }
  return {
    commands: list(argv, 'verify'),
    isolate: argv.isolate === true,
    ...(seconds === null ? {} : { timeout: seconds * 1000 }),
  };
}

/** @param fallback what is done when the option is not given; `null` where the plan decides */
function onFailure(fallback: OnFailure | null): Options {
  const hint = fallback === null ? 'default: isolate for deletions, stop for moves' : `default: ${fallback}`;
  return {
    choices: ['stop', 'isolate'],
    describe: `when a verification fails: stop there, or find what breaks it, leave it out and land the rest (${hint})`,
  };
}

export const failureOf = (argv: Arguments): OnFailure | undefined => argv['on-failure'] as OnFailure | undefined;

/** These commands write by their nature; saying so is no error. */
export const APPLY_ANYWAY: Options = { type: 'boolean', describe: 'accepted; this command writes unless -n is given' };

/** `-n` wins over `--apply`. */
export const applies = (argv: Arguments): boolean => argv.apply === true && argv['dry-run'] !== true;

/** Whether the command, as it was called, changes something: then what it says is no preview. */
export const writes = ({ options }: CommandSpec, argv: Arguments): boolean =>
  argv['dry-run'] !== true && (argv.apply === true || options.apply === APPLY_ANYWAY);

export const ACCEPT_PLACE: Options = {
  type: 'string',
  array: true,
  nargs: 1,
  describe: 'leave a refused place as it is: CODE:PATH:LINE (repeatable)',
};
export const REWRITE: Options = {
  type: 'string',
  array: true,
  nargs: 1,
  describe: 'rewrite a doubtful mention: PATH:LINE, or PATH:LINE=TEXT (repeatable)',
};
