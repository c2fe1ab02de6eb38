/** The command line: arguments, streams, colours, signals and exit codes, all of one host. */
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { operands, parser } from './arguments.js';
import type { Environment, Format, Outcome } from './commands/command.js';
import { tellOfGit, timeText } from './commands/listening.js';
import { isPaged, paged, type Screen } from './commands/paging.js';
import { type CommandSpec, writes } from './commands/specs.js';
import type { Problem } from './core/model.js';
import { EXIT, problem, RegraftError } from './core/problems.js';
import type { EngineName } from './python/parser.js';
import { envelope } from './report/envelope.js';
import { problemsText } from './report/problems-text.js';
import { colourStyle, plainStyle, type Style } from './report/style.js';
import { wrapped } from './report/words.js';

/** What the command line uses of the process that it runs in. */
export type Host = Pick<
  NodeJS.Process,
  'argv' | 'cwd' | 'env' | 'exit' | 'exitCode' | 'off' | 'on' | 'stderr' | 'stdin' | 'stdout'
>;

/** Runs the command that the process was started with and sets its exit code. */
export async function main(host: Host): Promise<void> {
  let command = 'regraft';
  const interrupts = listenForInterrupts(host, () => command);
  for (const stream of [host.stdout, host.stderr]) stream.on('error', goOnWithout);
  let running: Promise<void> | undefined;
  // yargs is not told what it would have to wait for: it would first write the help of all commands, for nobody.
  const chosen = (spec: CommandSpec, argv: Record<string, unknown>) => {
    command = spec.name;
    running = runCommand(host, spec, argv, interrupts);
  };
  try {
    await parser(host.stdout.columns ?? 100, chosen).parseAsync(operands(host.argv.slice(2)));
    await running;
  } catch (error) {
    await report(host, command, failureOf(error), formatOf(host.argv), plainly(host));
  }
  interrupts.stop();
}

interface Interrupts {
  readonly signal: AbortSignal;
  /** While another program has the terminal, Ctrl-C is meant for that one. @returns what ends it */
  aside(): () => void;
  stop(): void;
}

/** The first interrupt asks the command to roll back; the second ends the process at once, the journal stays. */
function listenForInterrupts(host: Host, command: () => string): Interrupts {
  const controller = new AbortController();
  let isAside = false;
  const onSignal = (name: NodeJS.Signals) => {
    if (isAside && name === 'SIGINT') return;
    if (controller.signal.aborted) stopAtOnce(host, command());
    host.stderr.write(
      '\ninterrupted: rolling back what is in flight (once more to stop at once; then: regraft recover)\n',
    );
    controller.abort();
  };
  const aside = () => {
    isAside = true;
    return () => {
      isAside = false;
    };
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of signals) host.on(name, onSignal);
  return { signal: controller.signal, aside, stop: () => signals.forEach((name) => void host.off(name, onSignal)) };
}

/** Readers of JSON get their one document even now; writing to a file or a pipe is synchronous. */
function stopAtOnce(host: Host, command: string): never {
  const hint = 'regraft recover';
  const stopped = problem('interrupted', 'stopped at once: the batch in flight may be half done', { hint });
  const outcome = { exitCode: EXIT.interrupted, data: {}, problems: [stopped], output: '' };
  void report(host, command, outcome, formatOf(host.argv), plainly(host));
  host.exit(EXIT.interrupted);
}

/** A closed pipe (`| head`) is no error, and what was begun is brought to its end. */
function goOnWithout(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

async function runCommand(
  host: Host,
  spec: CommandSpec,
  argv: Record<string, unknown>,
  interrupts: Interrupts,
): Promise<void> {
  const format = (argv.format as Format | undefined) ?? 'text';
  const progress = progressWriter(host, argv.quiet === true);
  const endings: (() => void)[] = [];
  const print = printer(host, argv, interrupts);
  const environment: Environment = {
    directory: resolve(host.cwd(), (argv.directory as string | undefined) ?? '.'),
    format,
    style: styleOf(host),
    terminal: host.stdout.isTTY === true,
    progress,
    narrate: (text) => {
      progress('');
      if (format === 'text') host.stdout.write(text);
    },
    afterwards: (action) => void endings.push(action),
    ...(host.stdin.isTTY && host.stderr.isTTY
      ? { ask: (question: string) => ask(host, question, interrupts.signal), show: print }
      : {}),
    rows: host.stderr.rows,
    signal: interrupts.signal,
    shell: host.env.SHELL?.split('/').at(-1),
    engine: engineOf(argv.engine),
  };
  const hush = argv.verbose === true ? speakUp(host, progress) : () => undefined;
  const outcome = await spec.run(environment, argv).catch((error: unknown) => failureOf(error));
  progress('');
  hush();
  // A preview is there to be read; what a command says that changed something is on record.
  await report(host, spec.name, outcome, format, writes(spec, argv) ? plainly(host) : print);
  for (const action of endings) withoutHarm(action);
}

type Print = (text: string) => Promise<void>;

/** Through the pager where a text is longer than the terminal. Where standard output is none, a person reads the other stream. */
function printer(host: Host, argv: Record<string, unknown>, interrupts: Interrupts): Print {
  const { stdout, stderr, env: environment } = host;
  const rows = stdout.isTTY ? stdout.rows : undefined;
  const screen: Screen = { width: stdout.columns ?? 80, rows, environment, pages: argv.pager !== false };
  return async (text) => {
    const back = interrupts.aside();
    const isShown = isPaged(text, screen) && (await paged(text, screen));
    back();
    if (!isShown) (stdout.isTTY ? stdout : stderr).write(text);
  };
}

const plainly = (host: Host): Print => {
  return async (text) => void host.stdout.write(text);
};

/** Git commands as they end, and at last the time of the whole. */
function speakUp(host: Host, progress: (text: string) => void): () => void {
  const start = performance.now();
  const tell = (line: string) => {
    progress('');
    host.stderr.write(`${line}\n`);
  };
  const stop = tellOfGit(tell);
  return () => {
    stop();
    tell(`${timeText(performance.now() - start)}  in all`);
  };
}

/** What was only to make the next command faster need not succeed: the disk may be full, the repository somebody else's. */
function withoutHarm(action: () => void): void {
  try {
    action();
  } catch {
    // The next command reads the files again.
  }
}

/** Asks on standard error, so that standard output holds the result alone. Ctrl-C, Ctrl-D and signals stop asking. */
function ask(host: Host, question: string, signal: AbortSignal): Promise<string> {
  const terminal = createInterface({ input: host.stdin, output: host.stderr, signal });
  // A line editor redraws its prompt, which should be one line.
  const prompt = question.slice(question.lastIndexOf('\n') + 1);
  host.stderr.write(`\r\x1b[K${question.slice(0, question.length - prompt.length)}`);
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

/** Progress goes to a terminal only, one line that is written over, at last with nothing; logs and pipes stay clean. */
function progressWriter(host: Host, quiet: boolean): (text: string) => void {
  if (quiet || !host.stderr.isTTY) return () => undefined;
  const width = (host.stderr.columns ?? 80) - 1;
  return (text) => void host.stderr.write(`\r\x1b[K${text.slice(0, width)}`);
}

function styleOf(host: Host): Style {
  const width = host.stdout.columns ?? 100;
  const coloured = host.stdout.isTTY === true && !host.env.NO_COLOR && host.env.TERM !== 'dumb';
  return coloured ? colourStyle(width) : plainStyle(width);
}

function formatOf(argv: readonly string[]): Format {
  const index = argv.findIndex((part) => part === '--format' || part === '--format=json');
  return argv[index] === '--format=json' || argv[index + 1] === 'json' ? 'json' : 'text';
}

function failureOf(error: unknown): Outcome {
  if (error instanceof RegraftError)
    return { exitCode: error.exitCode, data: {}, problems: error.problems, output: '' };
  if (isSystemError(error)) {
    const hint = 'see to space, permissions or the disk; regraft recover then finishes or takes back what is half done';
    return { exitCode: EXIT.error, data: {}, problems: [problem('io-error', error.message, { hint })], output: '' };
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const unexpected: Problem = problem('internal-error', text, {
    hint: 'please report this: it is a defect of regraft',
  });
  return { exitCode: EXIT.error, data: {}, problems: [unexpected], output: '' };
}

/** The operating system's refusal is no defect. */
const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error && 'code' in error;

/** Standard output gets the result, standard error the problems; JSON is one document with both. */
async function report(host: Host, command: string, outcome: Outcome, format: Format, print: Print): Promise<void> {
  host.exitCode = outcome.exitCode;
  const { exitCode, data, problems, output } = outcome;
  if (format === 'json') {
    for (const part of envelope({ command, exitCode, data, problems })) host.stdout.write(part);
    return;
  }
  if (typeof output === 'string' && output.length > 0 && host.stdout.isTTY) await print(output);
  else if (output.length > 0) host.stdout.write(output);
  else if (problems.length > 0) host.stderr.write(problemsText(problems, styleOf(host)));
  if (format === 'text') host.stderr.write(whatExplains(outcome, host.stderr.columns ?? 100));
}

/** One line for all refusals; each has said already what is the matter and which command comes next. */
function whatExplains({ exitCode, problems }: Outcome, columns: number): string {
  if (exitCode !== EXIT.refused && exitCode !== EXIT.rolledBack) return '';
  const codes = [...new Set(problems.filter(({ severity }) => severity === 'error').map(({ code }) => code))];
  if (codes.length === 0) return '';
  if (codes.length === 1) return `regraft explain ${codes[0]}: what that means, and what to do\n`;
  const text = `regraft explain CODE: what these mean, and what to do (${codes.join(', ')})`;
  return `${wrapped(text, columns, '  ', '').join('\n')}\n`;
}
