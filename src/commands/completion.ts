/** `regraft completion`: a script that lets a shell complete commands, options, choices and paths without starting regraft. */
import { EXIT, problem, RegraftError } from '../core/problems.js';
import { bashCompletion } from '../report/completion/bash.js';
import { fishCompletion } from '../report/completion/fish.js';
import type { CommandLine, Completed, CompletedOption } from '../report/completion/model.js';
import { zshCompletion } from '../report/completion/zsh.js';
import { explainedCodes } from '../report/explanations/index.js';
import type { Environment, Outcome } from './command.js';
import { COMMANDS, type CommandSpec, GLOBAL_OPTIONS } from './specs.js';

const WRITERS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;
type Shell = keyof typeof WRITERS;

/** @param options.shell `null` where it was not named: then that of the user, as far as it is known */
export async function completion(
  environment: Environment,
  options: { readonly shell: string | undefined },
): Promise<Outcome> {
  const own = environment.shell && isShell(environment.shell) ? environment.shell : 'bash';
  const shell = options.shell ?? own;
  if (!isShell(shell))
    throw new RegraftError(
      problem('usage', `there is no completion for ${shell}`, {
        hint: `regraft completion ${Object.keys(WRITERS).join('|')}`,
      }),
    );
  const script = WRITERS[shell](commandLine());
  return { exitCode: EXIT.done, data: { shell, script }, problems: [], output: script };
}

const isShell = (name: string): name is Shell => Object.hasOwn(WRITERS, name);

function commandLine(): CommandLine {
  return {
    program: 'regraft',
    options: [...optionsOf(GLOBAL_OPTIONS), HELP],
    commands: COMMANDS.map((spec) => ({
      name: spec.name,
      describe: spec.describe,
      options: optionsOf(spec.options),
      operands: operandsOf(spec),
    })),
  };
}

const HELP: CompletedOption = { names: ['--help'], describe: 'what can be said here', takes: null };

function optionsOf(options: CommandSpec['options']): CompletedOption[] {
  return Object.entries(options).map(([name, option]) => ({
    names: [`--${name}`, ...[option.alias ?? []].flat().map((alias) => `-${alias}`)],
    describe: String(option.describe ?? ''),
    takes: option.type === 'boolean' ? null : completed(name, option),
  }));
}

/** Options whose value is a path. */
const PATHS: ReadonlySet<string> = new Set(['baseline', 'directory', 'into', 'keep', 'map', 'pair', 'save']);

function completed(name: string, { choices }: CommandSpec['options'][string]): Completed {
  if (choices) return choices.map(String);
  return PATHS.has(name) ? 'path' : 'text';
}

/** What can follow a command is of one kind, whatever its number. */
function operandsOf({ name, positionals }: CommandSpec): Completed | null {
  const [first] = positionals;
  if (first === undefined) return null;
  if (name === 'explain') return explainedCodes();
  if (first.options.choices) return first.options.choices.map(String);
  return name === 'undo' ? 'text' : 'path';
}
