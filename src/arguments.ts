/** What was typed, as one command with its options: help, complaints, and what was meant by a misspelt word. */
import yargs, { type Argv } from 'yargs';
import { COMMANDS, type CommandSpec, GLOBAL_OPTIONS } from './commands/specs.js';
import { nearest } from './core/nearest.js';
import { problem, RegraftError } from './core/problems.js';

/** What follows `--` are paths, whatever they begin with; yargs would drop them, and no path means everything. */
export function operands(argv: readonly string[]): string[] {
  const end = argv.indexOf('--');
  if (end < 0) return [...argv];
  return [...argv.slice(0, end), ...argv.slice(end + 1).map((path) => (path.startsWith('-') ? `./${path}` : path))];
}

/**
 * @param columns of the terminal
 * @param run is called with the command that was given and its options
 */
export function parser(columns: number, run: (spec: CommandSpec, argv: Record<string, unknown>) => void): Argv {
  let cli: Argv = yargs()
    .scriptName('regraft')
    .usage(
      '$0 <command> [options]\n\nSafe refactoring of Python codebases. Every command previews; only --apply writes.',
    )
    .options(GLOBAL_OPTIONS)
    // What yargs makes of --no-pager.
    .option('pager', { type: 'boolean', hidden: true })
    .demandCommand(1, 'name a command')
    .strictCommands()
    .strictOptions()
    .wrap(Math.min(100, columns))
    .version(false)
    .exitProcess(false)
    .epilogue(
      'Exit codes: 0 done · 1 error · 2 changes pending (--check) · 3 refused for safety · 4 verification failed, rolled back · 130 interrupted',
    )
    .fail((message, error) => {
      // An option without its value comes as an error of yargs' own.
      throw error && error.name !== 'YError' ? error : usageError(message ?? error.message);
    });
  for (const spec of COMMANDS) {
    cli = cli.command({
      command: [spec.name, ...spec.positionals.map((p) => p.usage)].join(' '),
      describe: spec.describe,
      builder: (builder) => describeCommand(builder, spec),
      handler: (argv) => run(spec, argv),
    });
  }
  return cli;
}

function describeCommand(builder: Argv, spec: CommandSpec): Argv {
  let described = builder.options(spec.options);
  for (const positional of spec.positionals) described = described.positional(positional.name, positional.options);
  for (const [example, what] of spec.examples) described = described.example(example, what);
  return described;
}

/** yargs' complaint as a problem, with the nearest known command or flag where one was misspelt. */
function usageError(message: string): RegraftError {
  const [, kind = '', word = ''] = /Unknown (argument|command)s?: ([\w-]+)/.exec(message) ?? [];
  const commands = COMMANDS.map(({ name }) => name);
  const flags = [...Object.keys(GLOBAL_OPTIONS), ...COMMANDS.flatMap((spec) => Object.keys(spec.options))];
  const near = kind === '' ? null : nearest(word, kind === 'command' ? commands : flags);
  const hint = near
    ? `did you mean ${kind === 'command' ? 'regraft ' : '--'}${near}?`
    : 'regraft --help shows the commands, regraft COMMAND --help their options';
  return new RegraftError(problem('usage', message.replaceAll('\n', ' '), { hint }));
}
