/** Pieces that the descriptions of commands are made of: shared options, and how arguments are read. */
import type { Options, PositionalOptions } from 'yargs';
import type { Environment, Outcome } from '../command.js';

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
  quiet: { alias: 'q', type: 'boolean', describe: 'no progress' },
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
export const VERIFY: Options = {
  type: 'string',
  array: true,
  nargs: 1,
  describe: 'command that must not get worse (repeatable); a batch that makes it fail is rolled back',
};

/** These commands write by their nature; saying so is no error. */
export const APPLY_ANYWAY: Options = { type: 'boolean', describe: 'accepted; this command writes unless -n is given' };

/** `-n` wins over `--apply`. */
export const applies = (argv: Arguments): boolean => argv.apply === true && argv['dry-run'] !== true;
