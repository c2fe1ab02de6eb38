/** What moves along badly, or not at all, and must be said: places told by `__file__`, data, pickles, Django, runners. */
import type { Codebase, PythonUnit } from '../../src/core/codebase.js';
import type { Problem, Severity, Span } from '../../src/core/model.js';
import { baseOf, directoryOf } from '../../src/core/paths.js';
import { problem } from '../../src/core/problems.js';
import type { Relocation } from '../../src/core/relocation.js';
import { scriptPlaces } from './script-places.js';

/** Refusals for code that finds its data by its own place; the rest as findings. */
export function surroundings(codebase: Codebase, relocation: Relocation): { refusals: Problem[]; findings: Problem[] } {
  const refusals: Problem[] = [];
  const findings: Problem[] = [];
  for (const [from, to] of relocation.files) {
    findings.push(...byFileName(from, to));
    const unit = /\.py$/.test(from) ? codebase.unitOrNone(from) : undefined;
    if (!unit) continue;
    if (directoryOf(from) !== directoryOf(to)) refusals.push(...ownPlace(codebase, unit, relocation));
    findings.push(...pickledNames(codebase, unit));
  }
  refusals.push(...scriptPlaces(codebase, relocation));
  return { refusals, findings: unique([...findings, ...loggers(codebase, relocation)]) };
}

const NAMED_DATA =
  /\b(?:importlib\.resources|importlib_resources|pkg_resources|pkgutil\.get_data|resource_(?:filename|string|stream)|files|get_data)\b[^\n]*\b(?:__name__|__package__|__spec__)/;
const UPWARDS =
  /\.parent\.parent\b|\.parents\s*\[\s*[1-9]|dirname\s*\(\s*(?:\w+\.)*dirname|\.\.(?:\/|['"\\])|\bpardir\b/;

/** Uses of the file's own place in a module whose directory changes; harmless where the directory moves as a whole. */
function ownPlace(codebase: Codebase, unit: PythonUnit, relocation: Relocation): Problem[] {
  const home = directoryOf(unit.path);
  const isWhole = relocation.directory(home) === directoryOf(relocation.file(unit.path));
  const depth = (path: string) => path.split('/').length;
  const sameDepth = depth(unit.path) === depth(relocation.file(unit.path));
  const isUsed = ({ name, span }: { readonly name: string; readonly span: Span }) =>
    name === '__file__' && !isCompared(unit.text, span);
  const spans = unit.facts.uses.filter(isUsed).map(({ span }) => span);
  return [...spans, ...dataByName(unit)].flatMap((span) => {
    const line = statementAround(unit.text, span.start);
    if (isWhole && (!UPWARDS.test(line) || isWithin(relocation, home, sameDepth))) return [];
    const place = { path: unit.path, ...codebase.place(unit.path, span.start) };
    const message = `${unit.path} finds something by its own place, which changes`;
    return [problem('file-location', message, { place, hint: 'move what it needs along, and change this line after' })];
  });
}

/** `warning.filename == __file__` finds nothing: both sides follow the file. */
function isCompared(text: string, { start, end }: Span): boolean {
  const before = text.slice(Math.max(0, start - 200), start);
  return (
    /(?:[=!]=|\bassert(?:Not)?Equals?\([^()\n]*,)\s*$/.test(before) ||
    /^\s*[=!]=/.test(text.slice(end, end + 20)) ||
    (/\bassert(?:Not)?Equals?\(\s*$/.test(before) && /^\s*,/.test(text.slice(end, end + 20)))
  );
}

/** What lies one level up moves as well, at the same distance. */
function isWithin(relocation: Relocation, home: string, sameDepth: boolean): boolean {
  const up = directoryOf(home);
  return sameDepth && (relocation.directory(up) !== up || directoryOf(relocation.directory(home)) === up);
}

function dataByName({ text, facts }: PythonUnit): { start: number; end: number }[] {
  return facts.uses
    .filter(({ name }) => name === '__name__' || name === '__package__')
    .map(({ span }) => span)
    .filter((span) => NAMED_DATA.test(text.slice(text.lastIndexOf('\n', span.start) + 1, span.end)));
}

function statementAround(text: string, at: number): string {
  const start = text.lastIndexOf('\n', at) + 1;
  const end = text.indexOf('\n', at);
  return text.slice(start, end === -1 ? text.length : end);
}

function finding(code: string, path: string, message: string, severity: Severity = 'warning'): Problem {
  return problem(code, message, { severity, place: path });
}

function byFileName(from: string, to: string): Problem[] {
  const base = baseOf(from);
  if (base === 'conftest.py' && directoryOf(from) !== directoryOf(to))
    return [
      finding('conftest-scope', from, 'pytest applies a conftest.py to the tests below its directory: that changes'),
    ];
  if (base === '__main__.py') return [finding('main-module', from, `python -m starts it under its new name, ${to}`)];
  if (base === 'apps.py' || /(?:^|\/)migrations\//.test(from))
    return [
      finding(
        'django-app',
        from,
        'Django knows applications and migrations by label and path: check app_label, INSTALLED_APPS and recorded migrations',
      ),
    ];
  return [];
}

/** Objects that were pickled under the old name look for it when they are loaded. */
function pickledNames(codebase: Codebase, { path, facts }: PythonUnit): Problem[] {
  const defines = facts.scopes[0]?.bindings.some(({ kind }) => kind === 'class');
  if (!defines) return [];
  const pickler = picklerOf(codebase);
  if (pickler === null) return [];
  const message = `its classes may have been pickled under the old name (${pickler} pickles); a shim keeps old pickles readable`;
  return [finding('pickled-names', path, message)];
}

const picklers = new WeakMap<Codebase, string | null>();

/** The first file that pickles. */
function picklerOf(codebase: Codebase): string | null {
  let found = picklers.get(codebase);
  if (found === undefined) {
    found = codebase.pythonFiles().find(({ path }) => codebase.spells(path, PICKLERS))?.path ?? null;
    picklers.set(codebase, found);
  }
  return found;
}

const PICKLERS = ['import pickle', 'import shelve', 'import joblib', 'import dill', 'import cloudpickle'];

function loggers(codebase: Codebase, relocation: Relocation): Problem[] {
  const named = [...relocation.files.keys()].filter((path) => {
    const unit = /\.py$/.test(path) ? codebase.unitOrNone(path) : undefined;
    return unit !== undefined && /\bgetLogger\(\s*__name__/.test(unit.text);
  });
  if (named.length === 0) return [];
  const message = `${named.length === 1 ? 'one logger is' : `${named.length} loggers are`} named by __name__, which changes: check logging settings`;
  return [finding('logger-name', named[0] as string, message, 'info')];
}

function unique(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((each) => [`${each.code}\0${each.path}`, each])).values()];
}
