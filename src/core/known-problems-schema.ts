/** The file of problems that are known. */
import { z } from 'zod';
import type { KnownProblems } from './known-problems.js';
import { problem, RegraftError } from './problems.js';

const schema: z.ZodType<KnownProblems> = z.strictObject({
  schema: z.literal(1),
  kind: z.literal('check'),
  problems: z.array(z.strictObject({ code: z.string(), path: z.string().nullable(), message: z.string() })),
});

/** @throws RegraftError `bad-baseline` */
export function parseKnownProblems(file: string, text: string): KnownProblems {
  const parsed = schema.safeParse(json(text));
  if (parsed.success) return parsed.data;
  const hint = 'make it anew with regraft check --save FILE';
  throw new RegraftError(problem('bad-baseline', `${file} is no list of known problems`, { place: file, hint }));
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
