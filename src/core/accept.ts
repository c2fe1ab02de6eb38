/** What a person accepted by name: `CODE`, or `CODE:PATH`, or `CODE:PATH:LINE` for one place. */
import type { Problem } from './model.js';
import { problem } from './problems.js';

export interface Acceptance {
  readonly code: string;
  readonly path: string | null;
  readonly line: number | null;
}

/** What differs between two copies; may be accepted for a whole run. */
const CONTENT_CODES = ['body-differs', 'signature-differs', 'loses-symbols'];
/** What was left undone in a file; may be accepted for a whole run. */
const FILE_CODES = ['transform-failed'];
const WHOLE_CODES = [...CONTENT_CODES, ...FILE_CODES];
/** Places that cannot be decided; each is accepted by its place only. */
const PLACE_CODES = [
  'dynamic-import',
  'string-reference',
  'path-reference',
  'config-reference',
  'build-reference',
  'javascript-reference',
  'data-reference',
  'unreadable-file',
  'syntax-error',
  'binary-reference',
  'guessed-import',
  'test-module',
  'changes-module',
  'file-location',
  'import-order',
  'new-requirement',
  'side-effect-lost',
];

/** Reads `--accept` values; what does not make sense is a problem. */
export function parseAcceptances(values: readonly string[]): { acceptances: Acceptance[]; problems: Problem[] } {
  const acceptances: Acceptance[] = [];
  const problems: Problem[] = [];
  for (const value of values) {
    const parsed = /^([a-z-]+)(?::(.+?))?(?::(\d+))?$/.exec(value);
    const code = parsed?.[1] ?? '';
    const path = parsed?.[2] ?? null;
    if (!WHOLE_CODES.includes(code) && !PLACE_CODES.includes(code)) problems.push(unknownCode(value));
    else if (PLACE_CODES.includes(code) && path === null) problems.push(needsPlace(code));
    else acceptances.push({ code, path, line: parsed?.[3] ? Number(parsed[3]) : null });
  }
  return { acceptances, problems };
}

function unknownCode(value: string): Problem {
  const hint = `codes that can be accepted: ${[...WHOLE_CODES, ...PLACE_CODES].join(', ')}`;
  return problem('unknown-acceptance', `nothing can be accepted by '${value}'`, { hint });
}

function needsPlace(code: string): Problem {
  const hint = `write --accept ${code}:PATH:LINE, as the refusal prints it`;
  return problem('acceptance-needs-place', `'${code}' is accepted one place at a time`, { hint });
}

/** True when a refusal was accepted, by its code and, where one is given, its place. */
export function isAccepted(refusal: Problem, acceptances: readonly Acceptance[]): boolean {
  return acceptances.some(
    ({ code, path, line }) =>
      code === refusal.code && (path === null || path === refusal.path) && (line === null || line === refusal.line),
  );
}

/** The flag that would accept a refusal; `null` when nothing may. */
export function acceptFlag(refusal: Problem): string | null {
  const value = acceptedValue(refusal);
  return value === null ? null : `--accept ${value}`;
}

/** What `--accept` would have to be given; `null` when nothing may accept it. */
export function acceptedValue({ code, path, line }: Problem): string | null {
  if (PLACE_CODES.includes(code)) return `${code}:${path}${line ? `:${line}` : ''}`;
  // What concerns no file is no matter of leaving it as it is.
  return WHOLE_CODES.includes(code) && path !== null ? `${code}:${path}` : null;
}
