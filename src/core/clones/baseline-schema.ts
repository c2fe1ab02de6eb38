/** The file of duplicates that are known. */
import { z } from 'zod';
import { problem, RegraftError } from '../problems.js';
import type { Baseline } from './baseline.js';

const groups = z.array(z.array(z.string()).min(2));
const baselineSchema: z.ZodType<Baseline> = z.strictObject({
  schema: z.literal(1),
  kind: z.literal('duplicates'),
  modules: groups,
  functions: groups,
});

/** @throws RegraftError `bad-baseline` */
export function parseBaseline(file: string, text: string): Baseline {
  const parsed = baselineSchema.safeParse(json(text));
  if (parsed.success) return parsed.data;
  const hint = 'make it anew with regraft duplicates --save FILE';
  throw new RegraftError(problem('bad-baseline', `${file} is no list of known duplicates`, { place: file, hint }));
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
