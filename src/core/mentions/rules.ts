/**
 * The decision table for text that is not Python: one row per rule, the first that fits decides. Where a row cannot
 * tell, it blocks what runs (configuration, build files, scripts) and leaves what is only read (documents, reports).
 */
import type { FileKind } from '../file-kinds.js';
import type { Context } from './context.js';
import type { Confidence, Decision, MentionForm, Verdict } from './model.js';
import { SCRIPT_RULES } from './script-rules.js';

export interface Rule extends Verdict {
  readonly kinds: readonly FileKind[];
  readonly forms: readonly MentionForm[];
  readonly when?: (context: Context) => boolean;
}

const RUNS: readonly FileKind[] = ['config', 'build'];
const READ: readonly FileKind[] = ['docs', 'data', 'notebook', 'binary'];
const UNPARSED: readonly FileKind[] = ['python', 'stub'];
const ALL: readonly FileKind[] = [...RUNS, ...READ, ...UNPARSED, 'script-js'];
const ANY: readonly MentionForm[] = ['dotted', 'path', 'name'];

const ENTRY_POINTS =
  /^(?:project\.(?:scripts|gui-scripts|entry-points)|tool\.poetry\.(?:scripts|plugins)|options\.entry_points|entry_points|console_scripts|gui_scripts)(?:\.|$)/;
const PYTHON = String.raw`(?:\bpy(?:thon|py)?[\d.]*(?:\.exe)?|\bcoverage run|\buv run|\$[({]?\w*(?:PY|py)\w*[)}]?)["']?(?:\s+-[XW]\s+\S+|\s+-[^\s]+)*`;
const PYTHON_MODULE = new RegExp(`${PYTHON}\\s+-m\\s*["']?$`);
const PYTHON_SCRIPT = new RegExp(`${PYTHON}\\s+["']?(?:\\./)?$`);
const MODULE_IN_LIST = /["']-m["']\s*,\s*["']$/;
const SCRIPT_IN_LIST = /["'](?:[\w/.-]*\/)?python[\d.]*["']\s*,\s*(?:["']-\w+["']\s*,\s*)*["'](?:\.\/)?$/;
const SERVER = /\b(?:uvicorn|gunicorn|hypercorn|daphne|granian|waitress-serve|uwsgi|flask|fastapi|dramatiq)\b/;
const APPLICATION = /(?:\bcelery\b.*\s(?:-A|--app)|\bflask\b.*\s(?:-A|--app))[=\s]\s*["']?$/;
const LINT_FILE =
  /(?:^|\/)(?:\.flake8|\.?coveragerc|\.?ruff\.toml|\.?mypy\.ini|\.?pylintrc|pyrightconfig\.json|\.pre-commit-config\.yaml|\.?codecov\.ya?ml|\.bandit|\.isort\.cfg|sonar-project\.properties)$/i;
const LINT_HEADING =
  /^(?:tool\.(?:ruff|coverage|mypy|black|isort|pylint|pyright|basedpyright|pyrefly|ty|bandit|vulture|interrogate|codespell|pytype)|flake8|mypy|pylint|isort|pycodestyle|pydocstyle|yapf|coverage:(?:run|report|html))(?:[.\-:]|$)/;
const RUN_BY_LINTER = /(?:^|[.\-_])(?:plugins|entry|args|init-hook|run|additional_dependencies)$/;
const PROSE_HEADING = /(?:^|\.)(?:description|summary|title|name|comment|keywords|classifiers)$/;
const LISTS_FILES = /(?:^|\/)(?:CODEOWNERS|MANIFEST\.in|\.gitattributes|\.editorconfig|\.\w*ignore)$/i;
const DIRECTIVE =
  /^\s*(?:\.\.\s+(?:auto(?:module|class|function|method|exception|data|attribute)|py:\w+|(?:current)?module)::|:::)\s+$/;
const ROLE = /:(?:py:)?(?:mod|class|func|meth|attr|exc|data|obj|const):`(?:[~!]|[^`]{0,100}<)?$/;
const DOCTEST = /^\s*(?:>>>|\.\.\.)\s.*$/;
const IN_DOCTEST_IMPORT = /^\s*(?:>>>|\.\.\.)\s+(?:import|from)\s+$/;
const MAGIC = /^\s*["']?\s*[%!]/;
const SHELL_LIST = /\bfor\s+\w+\s+in\b[^;]*$/;
const JS_IMPORT = /(?:\b(?:from|import|require)\b\s*\(?\s*["'`][^"'`]*)$/;

function isCommand({ before }: Context): boolean {
  return PYTHON_MODULE.test(before) || MODULE_IN_LIST.test(before);
}

function isLint({ file, heading }: Context): boolean {
  return (LINT_FILE.test(file.path) || LINT_HEADING.test(heading)) && !RUN_BY_LINTER.test(heading);
}

function rule(
  kinds: readonly FileKind[],
  forms: readonly MentionForm[],
  confidence: Confidence,
  decision: Decision,
  reason: string,
  when?: (context: Context) => boolean,
): Rule {
  return { kinds, forms, confidence, decision, reason, ...(when ? { when } : {}) };
}

/** The last row fits everything, so every occurrence is decided. */
export const RULES: readonly Rule[] = [
  // What never runs, whatever it looks like.
  rule(RUNS, ANY, 'possible', 'leave', 'A comment is not executed.', (c) => c.comment),
  rule(['script-js'], ANY, 'possible', 'leave', 'A comment is not executed.', (c) => c.comment),
  rule(ALL, ANY, 'possible', 'leave', 'It belongs to the name of something else.', (c) => c.elsewhere),
  rule(['config'], ANY, 'possible', 'leave', 'A list of files (owners, packaging, ignores) only becomes stale.', (c) =>
    LISTS_FILES.test(c.file.path),
  ),

  ...SCRIPT_RULES.map((each) => ({ kinds: ['script-js'] as const, ...each })),

  // What runs the module, in a form that can be rewritten.
  rule(
    RUNS,
    ['dotted'],
    'certain',
    'rewrite',
    'An entry point loads this module.',
    (c) => ENTRY_POINTS.test(c.heading) && /[=:]\s*["']?$/.test(c.before),
  ),
  rule(RUNS, ['dotted'], 'certain', 'rewrite', 'A command runs this module with -m.', isCommand),
  rule(
    RUNS,
    ['dotted'],
    'certain',
    'rewrite',
    'A server loads its application from this module.',
    (c) => (c.tail.includes(':') && SERVER.test(c.before)) || APPLICATION.test(c.before),
  ),
  rule(
    ['build'],
    ['path'],
    'certain',
    'rewrite',
    'A command runs this file with Python.',
    (c) => c.exact && !c.wanders && (PYTHON_SCRIPT.test(c.before) || SCRIPT_IN_LIST.test(c.before)),
  ),
  rule(['docs'], ['dotted'], 'certain', 'rewrite', 'A documentation directive imports this module.', (c) =>
    DIRECTIVE.test(c.before),
  ),
  rule(['docs'], ['dotted'], 'certain', 'rewrite', 'A documentation role links to this module.', (c) =>
    ROLE.test(c.before),
  ),
  rule(['docs'], ['dotted'], 'certain', 'rewrite', 'A doctest imports this module.', (c) =>
    IN_DOCTEST_IMPORT.test(c.before),
  ),
  rule(['docs'], ['dotted', 'name'], 'likely', 'block', 'A doctest uses this name.', (c) => DOCTEST.test(c.before)),

  // What only checks the module.
  rule(RUNS, ANY, 'likely', 'leave', 'A per-file setting of a lint, type or coverage tool only becomes stale.', isLint),
  rule(
    RUNS,
    ANY,
    'possible',
    'leave',
    'Descriptive text is not executed.',
    (c) => PROSE_HEADING.test(c.heading) && !c.whole,
  ),

  // What may load the module.
  rule(['config'], ['dotted'], 'likely', 'block', 'A setting names this module; something may import it.'),
  rule(['config', 'data'], ['path'], 'likely', 'block', 'A service calls a function of this module by its path.', (c) =>
    c.tail.startsWith('.'),
  ),
  rule(['config'], ['path'], 'likely', 'block', 'A setting names this file; something may open or run it.'),
  rule(['build'], ['dotted'], 'likely', 'block', 'A build file names this module; a command may import it.'),
  rule(['build'], ['path'], 'likely', 'block', 'A build file names this file; a command may read or run it.'),
  rule(
    RUNS,
    ['name'],
    'likely',
    'block',
    'The bare name is a whole value here; it may complete a module name or a path.',
    (c) => c.whole && !PROSE_HEADING.test(c.heading),
  ),
  rule(['build'], ['name'], 'likely', 'block', 'A loop over names may complete a module name or a path.', (c) =>
    SHELL_LIST.test(c.before),
  ),
  rule(
    ['data'],
    ['dotted'],
    'likely',
    'block',
    'A data file holds this module name as a value; a registry may import it.',
    (c) => /\.json[\w]*$/i.test(c.file.path) && isQuotedString(c),
  ),
  rule(
    ['script-js'],
    ['path'],
    'possible',
    'leave',
    'A JavaScript import resolves to JavaScript files.',
    (c) => JS_IMPORT.test(c.before) && !c.file.text.startsWith('.py', c.span.end - 3),
  ),
  rule(['script-js'], ['dotted'], 'likely', 'block', 'JavaScript code names this module; it may start it.'),
  rule(['script-js'], ['path'], 'likely', 'block', 'JavaScript code names this file; it may read or run it.'),
  rule(
    ['notebook'],
    ['dotted', 'path'],
    'likely',
    'block',
    'A notebook command names this module.',
    (c) => MAGIC.test(c.before) || isCommand(c) || PYTHON_SCRIPT.test(c.before),
  ),
  rule(UNPARSED, ['dotted', 'path'], 'likely', 'block', 'Python that could not be parsed names this module.'),

  // What is only read.
  rule(['docs'], ANY, 'possible', 'leave', 'Documentation mentions it; nothing imports through prose.'),
  rule(['data'], ANY, 'possible', 'leave', 'A report or data file mentions it; nothing is known to import through it.'),
  rule(
    ['notebook'],
    ANY,
    'possible',
    'leave',
    'Text or output of a notebook mentions it; its code cells are read as Python.',
  ),
  rule(ALL, ['name'], 'possible', 'leave', 'The bare word is not used as a module name or a path here.'),
  rule(ALL, ANY, 'possible', 'leave', 'Nothing is known to import through this text.'),
];

/** Keys count: a registry often maps module names to something. */
function isQuotedString({ before, after, tail }: Context): boolean {
  return before.endsWith('"') && after[tail.length] === '"';
}
