/** Complaints of a schema as problems that a person can act on: the place in the file, what is wrong, what was meant. */
import type { z } from 'zod';
import type { Problem } from './model.js';
import { nearest } from './nearest.js';
import { problem } from './problems.js';
import type { Keys, Written } from './yaml-text.js';

type Issue = z.core.$ZodIssue;

export interface Shape {
  /** The code of the problems. */
  readonly code: string;
  knownKeys(keys: Keys): readonly string[];
}

/** In the order of their places. */
export function shapeProblems(issues: readonly Issue[], written: Written, shape: Shape): Problem[] {
  const found = issues.flatMap((issue) => problemsOf(issue, [], written, shape));
  return found.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}

function problemsOf(issue: Issue, above: Keys, written: Written, shape: Shape): Problem[] {
  const keys = [...above, ...issue.path];
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => unknownKey([...keys, key], shape.knownKeys(keys), written, shape));
  if (issue.code === 'invalid_union') {
    const branch = closest(issue.errors);
    if (branch) return branch.flatMap((inner) => problemsOf(inner, keys, written, shape));
  }
  const place = written.place(keys);
  return [problem(shape.code, `${described(keys)}${complaint(issue, written, keys)}`, { place, ...hintFor(issue) })];
}

/** The alternative that was meant is the one that fits as a whole and fails only inside. */
function closest(branches: readonly (readonly Issue[])[]): readonly Issue[] | null {
  const inside = branches.filter((branch) =>
    branch.every(({ path, code }) => path.length > 0 || code !== 'invalid_type'),
  );
  return inside[0] ?? null;
}

function unknownKey(keys: Keys, known: readonly string[], written: Written, shape: Shape): Problem {
  const key = String(keys.at(-1));
  const near = nearest(key, known);
  const hint = near ? `did you mean ${near}?` : `known here: ${known.join(', ')}`;
  return problem(shape.code, `'${key}' is not known here`, { place: written.keyPlace(keys), hint });
}

/** `'accept' `, or which item of a list: `'paths' number 2 `. */
function described(keys: Keys): string {
  const last = keys.at(-1);
  if (last === undefined) return 'the file ';
  if (typeof last !== 'number') return `'${String(last)}' `;
  const list = keys.at(-2);
  return list === undefined ? `number ${last + 1} ` : `'${String(list)}' number ${last + 1} `;
}

function complaint(issue: Issue, written: Written, keys: Keys): string {
  if (issue.code === 'invalid_type' || issue.code === 'invalid_union')
    return isThere(written.value, keys) ? `must be ${expected(issue)}` : 'is missing';
  if (issue.code === 'invalid_key') return 'has a key that is no path or name';
  return `does not fit: ${issue.message}`;
}

const WORDS: Readonly<Record<string, string>> = {
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
  int: 'a whole number',
  number: 'a number',
};

function expected(issue: Issue): string {
  const types = issue.code === 'invalid_union' ? issue.errors.flatMap(([first]) => first ?? []) : [issue];
  const words = types.flatMap((each) => (each.code === 'invalid_type' ? [WORDS[each.expected] ?? each.expected] : []));
  return [...new Set(words)].join(' or ');
}

function isThere(value: unknown, keys: Keys): boolean {
  let here = value;
  for (const key of keys) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return false;
    here = (here as Record<PropertyKey, unknown>)[key];
  }
  return here !== undefined;
}

function hintFor(issue: Issue): { hint?: string } {
  if (issue.code === 'invalid_type' && issue.expected === 'boolean')
    return { hint: 'yes, no, on and off are texts in YAML 1.2' };
  return {};
}
