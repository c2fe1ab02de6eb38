/** The rows of the decision table for scripts that parse. What they leave open is decided by the rows for all texts. */
import type { Context } from './context.js';
import type { MentionForm, Verdict } from './model.js';
import { isBehindParent } from './script-context.js';
import { isHandlerTail } from './script-reach.js';

export interface ScriptRule extends Verdict {
  readonly forms: readonly MentionForm[];
  readonly when: (context: Context) => boolean;
}

const ANY: readonly MentionForm[] = ['dotted', 'path', 'name'];
const sure = { confidence: 'certain', decision: 'rewrite' } as const;
const perhaps = { confidence: 'likely', decision: 'block' } as const;
const harmless = { confidence: 'possible', decision: 'leave' } as const;

/** A program by its name or by that of what holds it: `python3`, `.venv/bin/python`, `${process.env.PYTHON}`. */
const PYTHON = /(?:^|[\\/\s"'])py(?:thon|py)?w?[\d.]*(?:\.exe)?["']?$|^\$\{.*py/is;
const PASSES_ON =
  /(?:^|[\\/])(?:uv|poetry|pdm|pipenv|hatch|rye|conda|mamba|pixi|coverage|docker|podman|env|nohup|sudo|time)$/;
export const STARTS_MODULE =
  /(?:\bpy(?:thon|py)?w?[\d.]*(?:\.exe)?["']?|\$\{[^{}]*py[^{}]*\}["']?|\bcoverage run|\buv run)(?:\s+-[XW]\s+\S+|\s+-[^\s]+)*\s+-m\s+["']?$/i;
const STARTS_FILE =
  /(?:\bpy(?:thon|py)?w?[\d.]*(?:\.exe)?["']?|\$\{[^{}]*py[^{}]*\}["']?|\bcoverage run|\buv run)(?:\s+-[XW]\s+\S+|\s+-[^\s]+)*\s+["']?(?:\.\/)?$/i;
const SERVER = /\b(?:uvicorn|gunicorn|hypercorn|daphne|granian|waitress-serve|uwsgi|dramatiq|flask|fastapi|celery)\b/;
export const IMPORTS =
  /(?:^|\.)(?:pyimport|pymport|pyImport|importPython|import_module|importModule)$|^(?:python|py|pyodide|pythonia|interpreter|nodecallspython)\.import(?:Sync)?$|^python$/;
const KEYS =
  /^(?:t|\$t|tr|translate)$|(?:^|\.)(?:i18n|i18next|intl)\.\w+$|^(?:_|lodash|R)\.\w+$|\.(?:emit|on|once|off|addListener|removeListener|addEventListener|removeEventListener|dispatch|getItem|setItem|getLogger)$/;
const STATEMENT =
  /(?:^|[\n"'`;(]|\\n)\s*(?:from\s+[\w.]+\s+import\s+\(?[\w\s,]*|import\s+(?:[\w.]+(?:\s+as\s+\w+)?\s*,\s*)*)$/;
const SHELL = /(?:^|\.)PythonShell(?:\.run)?$/;

type Parsed = Context & { readonly script: NonNullable<Context['script']> };

const place = ({ script }: Parsed) => script.text?.place;

/** An element behind `-m`, unless a program that is no Python takes it. */
function isModuleArgument(c: Parsed): boolean {
  const { preceding, command } = place(c) ?? { preceding: [], command: null };
  if (!c.whole || preceding.at(-1) !== '-m') return false;
  const programs = [...preceding.slice(0, -1), command ?? 'python'];
  return programs.some((each) => PYTHON.test(each)) || PASSES_ON.test(command ?? '');
}

/** Started from the working directory as far as it is known. */
function isStarted(c: Parsed): boolean {
  if (!isReached(c) || c.wanders || /\bchdir\s*\(/.test(c.file.text)) return false;
  const { preceding = [], command = null, callee = null, argument = null, keys = [] } = place(c) ?? {};
  if (STARTS_FILE.test(withoutDirectories(c))) return true;
  if (!/^(?:\.[/\\])?$/.test(withoutDirectories(c))) return false;
  if (SHELL.test(callee ?? '') && argument === 0) return true;
  if (/^(?:script|program)$/.test(keys.at(-1) ?? '')) return PYTHON.test(command ?? '');
  const isFirst = preceding.every((each) => each.startsWith('-') || PYTHON.test(each));
  return isFirst && [command ?? '', ...preceding].some((each) => PYTHON.test(each));
}

/** What stands before the whole path in its text. */
function withoutDirectories({ script, exact }: Parsed): string {
  return exact ? script.before.replace(/(?<=^|[\s"'=])(?:[^\s"'=/\\]+[/\\])+$/, '') : script.before;
}

/** To the file, by a way that is known. */
function isReached({ script, exact }: Parsed): boolean {
  return script.text?.path ? script.reach === 'target' && script.text.path.from !== 'unknown' : exact;
}

/** A package goes with all that is in it, scripts too. */
function isDirectory({ script, target }: Parsed): boolean {
  return script.reach === 'target' && (!/\.pyi?$/.test(target.path) || /\/__init__\.pyi?$/.test(target.path));
}

function isHandler(c: Parsed): boolean {
  return c.whole && isHandlerTail(c.tail) && place(c)?.keys.at(-1) === 'handler';
}

function row(
  forms: readonly MentionForm[],
  verdict: Omit<Verdict, 'reason'>,
  reason: string,
  when: (c: Parsed) => boolean,
): ScriptRule {
  return { forms, ...verdict, reason, when: (c) => c.script !== null && when(c as Parsed) };
}

export const SCRIPT_RULES: readonly ScriptRule[] = [
  row(
    ['dotted', 'path'],
    harmless,
    "A name of JavaScript's own is no module of Python.",
    ({ script }) => script.text === null,
  ),
  row(ANY, harmless, 'The text of a page is not executed.', ({ script }) => script.text?.kind === 'markup'),
  row(
    ANY,
    perhaps,
    'A pattern is matched with names of modules or files.',
    (c) => c.script.text?.kind === 'pattern' && (c.form !== 'name' || isBehindParent(c.target, c.script.before)),
  ),
  row(
    ANY,
    harmless,
    'A JavaScript import resolves to JavaScript files.',
    (c) => place(c)?.role === 'source' && !c.file.text.startsWith('.py', c.span.end - 3) && !isDirectory(c),
  ),
  row(['dotted', 'path'], perhaps, 'The name is put together from parts.', ({ script }) => script.isPutTogether),
  row(
    ['name'],
    perhaps,
    'The name of a module or a file is put together from parts.',
    ({ script }) => script.isPutTogether && isCompleting(script),
  ),
  row(['dotted'], sure, 'A process runs this module with -m.', isModuleArgument),
  row(
    ['dotted'],
    sure,
    'A command runs this module with -m.',
    (c) => STARTS_MODULE.test(c.script.before) || isSplitFlag(c),
  ),
  row(['dotted'], sure, 'A server loads its application from this module.', isApplication),
  row(['dotted'], sure, 'This call imports the module.', (c) => c.whole && c.tail === '' && isImporter(c)),
  row(['dotted'], sure, 'A function is handled by this module.', isHandler),
  row(
    ['path'],
    sure,
    'A function is handled by this file.',
    (c) => c.script.text?.path?.as === 'handler' && c.script.reach === 'target',
  ),
  row(['dotted'], sure, 'A text imports the module by this statement.', (c) => STATEMENT.test(c.script.before)),
  row(
    ['path'],
    sure,
    'This path leads to the file from here.',
    ({ script }) => script.reach === 'target' && script.text?.path?.from === 'file',
  ),
  row(['path'], sure, 'A process runs this file with Python.', isStarted),
  row(
    ['path'],
    sure,
    'A function is packaged from this place.',
    (c) =>
      isReached(c) && /^(?:entry|index)$/.test(place(c)?.keys.at(-1) ?? '') && /Function$/.test(place(c)?.callee ?? ''),
  ),
  row(
    ['dotted'],
    harmless,
    'This call takes the name of a text or an event.',
    (c) => c.whole && KEYS.test(place(c)?.callee ?? ''),
  ),
  row(['name'], perhaps, 'A text imports this name.', (c) => STATEMENT.test(c.script.before)),
  row(
    ['name'],
    perhaps,
    'Something in this file makes a path or a module name of it.',
    (c) => c.whole && c.tail === '' && c.script.isCompleted() && place(c)?.role !== 'source',
  ),
];

/** What stands before it ends as names and paths go on. */
function isCompleting({ before, after }: Parsed['script']): boolean {
  return /(?:^|[\w}])[./\\]$/.test(before) || /^\.py\b/.test(after) || /^\$\{[^{}]*\}?\.py\b/.test(after);
}

function isImporter(c: Parsed): boolean {
  const { callee = null, argument = null } = place(c) ?? {};
  return argument === 0 && callee !== null && IMPORTS.test(callee);
}

/** `uvicorn app.main:app` in a command, or as an argument of its own. */
function isApplication(c: Parsed): boolean {
  const { preceding = [], command = null } = place(c) ?? {};
  if (!c.tail.includes(':')) return /\b(?:celery|flask)\b.*\s(?:-A|--app)[=\s]\s*$/.test(c.script.before);
  return SERVER.test(c.script.before) || (c.whole && [...preceding, command ?? ''].some((each) => SERVER.test(each)));
}

/** `{ interpreter: 'python', args: '-m pkg.mod' }`. */
function isSplitFlag(c: Parsed): boolean {
  return /^\s*(?:-[^\s]+\s+)*-m\s+$/.test(c.script.before) && PYTHON.test(place(c)?.command ?? '');
}
