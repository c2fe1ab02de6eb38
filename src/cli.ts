/** The command line: arguments, streams, colours, signals and exit codes. The only file that touches `process`. */
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import yargs, { type Argv } from 'yargs';
import type { Environment, Format, Outcome } from './commands/command.js';
import { COMMANDS, type CommandSpec, GLOBAL_OPTIONS } from './commands/specs.js';
import type { Problem } from './core/model.js';
import { nearest } from './core/nearest.js';
import { EXIT, problem, RegraftError } from './core/problems.js';
import type { EngineName } from './python/parser.js';
import { envelope } from './report/envelope.js';
import { problemsText } from './report/problems-text.js';
import { colourStyle, plainStyle, type Style } from './report/style.js';

/** Runs the command that the process was started with and sets its exit code. */
export async function main(): Promise<void> {
  let command = 'regraft';
  const interrupts = listenForInterrupts(() => command);
  process.stdout.on('error', endQuietly);
  const chosen = (spec: CommandSpec, argv: Record<string, unknown>) => {
    command = spec.name;
    return runCommand(spec, argv, interrupts.signal);
  };
  try {
    await parser(chosen).parseAsync(operands(process.argv.slice(2)));
  } catch (error) {
    report(command, failureOf(error), formatOf(process.argv), styleOf());
  }
  interrupts.stop();
}

/** What follows `--` are paths, whatever they begin with; yargs would drop them, and no path means everything. */
function operands(argv: readonly string[]): string[] {
  const end = argv.indexOf('--');
  if (end < 0) return [...argv];
  return [...argv.slice(0, end), ...argv.slice(end + 1).map((path) => (path.startsWith('-') ? `./${path}` : path))];
}

/** The first interrupt asks the command to roll back; the second ends the process at once, the journal stays. */
function listenForInterrupts(command: () => string): { signal: AbortSignal; stop(): void } {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) stopAtOnce(command());
    process.stderr.write(
      '\ninterrupted: rolling back what is in flight (once more to stop at once; then: regraft recover)\n',
    );
    controller.abort();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of signals) process.on(name, onSignal);
  return { signal: controller.signal, stop: () => signals.forEach((name) => void process.off(name, onSignal)) };
}

/** Readers of JSON get their one document even now; writing to a file or a pipe is synchronous. */
function stopAtOnce(command: string): never {
  const hint = 'regraft recover';
  const stopped = problem('interrupted', 'stopped at once: the batch in flight may be half done', { hint });
  report(
    command,
    { exitCode: EXIT.interrupted, data: {}, problems: [stopped], output: '' },
    formatOf(process.argv),
    styleOf(),
  );
  process.exit(EXIT.interrupted);
}

/** A closed pipe (`| head`) is no error. */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? EXIT.done);
  throw error;
}

function parser(run: (spec: CommandSpec, argv: Record<string, unknown>) => Promise<void>): Argv {
  let cli: Argv = yargs()
    .scriptName('regraft')
    .usage(
      '$0 <command> [options]\n\nSafe refactoring of Python codebases. Every command previews; only --apply writes.',
    )
    .options(GLOBAL_OPTIONS)
    .demandCommand(1, 'name a command')
    .strictCommands()
    .strictOptions()
    .recommendCommands()
    .wrap(Math.min(100, process.stdout.columns ?? 100))
    .version(false)
    .exitProcess(false)
    .epilogue(
      'Exit codes: 0 done · 1 error · 2 changes pending (--check) · 3 refused for safety · 4 verification failed, rolled back · 130 interrupted',
    )
    .fail((message, error) => {
      throw error ?? usageError(message);
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

/** yargs' complaint as a problem, with the nearest known flag where one was misspelt. */
function usageError(message: string): RegraftError {
  const unknown = /Unknown arguments?: ([\w-]+)/.exec(message)?.[1];
  const known = [...Object.keys(GLOBAL_OPTIONS), ...COMMANDS.flatMap((spec) => Object.keys(spec.options))];
  const near = unknown ? nearest(unknown, known) : null;
  const hint = near
    ? `did you mean --${near}?`
    : 'regraft --help shows the commands, regraft COMMAND --help their options';
  return new RegraftError(problem('usage', message.replaceAll('\n', ' '), { hint }));
}

async function runCommand(spec: CommandSpec, argv: Record<string, unknown>, signal: AbortSignal): Promise<void> {
  const format = (argv.format as Format | undefined) ?? 'text';
  const style = styleOf();
  const environment: Environment = {
    directory: resolve(process.cwd(), (argv.directory as string | undefined) ?? '.'),
    format,
    style,
    terminal: process.stdout.isTTY === true,
    progress: progressWriter(argv.quiet === true),
    narrate: (text) => void (format === 'text' && process.stdout.write(text)),
    ...(process.stdin.isTTY && process.stderr.isTTY ? { ask } : {}),
    signal,
    engine: engineOf(argv.engine),
  };
  const outcome = await spec.run(environment, argv).catch((error: unknown) => failureOf(error));
  report(spec.name, outcome, format, style);
}

/** Asks on standard error, so that standard output holds the result alone. Ctrl-C and Ctrl-D stop asking. */
function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // A line editor redraws its prompt, which should be one line.
  const prompt = question.slice(question.lastIndexOf('\n') + 1);
  process.stderr.write(`\r\x1b[K${question.slice(0, question.length - prompt.length)}`);
  return new Promise((answer) => {
    terminal.on('close', () => answer('q'));
    terminal.on('SIGINT', () => terminal.close());
    terminal.question(prompt, (text) => {
      answer(text);
      terminal.close();
    });
  });
}

function engineOf(value: unknown): EngineName | undefined {
  return value === 'native' || value === 'wasm' ? value : undefined;
}

/** Progress goes to a terminal only, one line that is written over; logs and pipes stay clean. */
function progressWriter(quiet: boolean): (text: string) => void {
  if (quiet || !process.stderr.isTTY) return () => undefined;
  process.on('exit', () => process.stderr.write('\r\x1b[K'));
  const width = (process.stderr.columns ?? 80) - 1;
  return (text) => void process.stderr.write(`\r\x1b[K${text.slice(0, width)}`);
}

function styleOf(): Style {
  const width = process.stdout.columns ?? 100;
  const coloured = process.stdout.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
  return coloured ? colourStyle(width) : plainStyle(width);
}

function formatOf(argv: readonly string[]): Format {
  const index = argv.findIndex((part) => part === '--format' || part === '--format=json');
  return argv[index] === '--format=json' || argv[index + 1] === 'json' ? 'json' : 'text';
}

function failureOf(error: unknown): Outcome {
  if (error instanceof RegraftError)
    return { exitCode: error.exitCode, data: {}, problems: error.problems, output: '' };
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const unexpected: Problem = problem('internal-error', text, {
    hint: 'please report this: it is a defect of regraft',
  });
  return { exitCode: EXIT.error, data: {}, problems: [unexpected], output: '' };
}

/** Standard output gets the result, standard error the problems; JSON is one document with both. */
function report(command: string, outcome: Outcome, format: Format, style: Style): void {
  process.exitCode = outcome.exitCode;
  if (format === 'json') {
    const { exitCode, data, problems } = outcome;
    process.stdout.write(envelope({ command, exitCode, data, problems }));
    return;
  }
  if (outcome.output.length > 0) process.stdout.write(outcome.output);
  else if (outcome.problems.length > 0) process.stderr.write(problemsText(outcome.problems, style));
}
