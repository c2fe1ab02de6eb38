/** The shape of plan files: one source for validation and for the published JSON Schema. */
import { z } from 'zod';
import type { Plan } from './plan.js';
import { problem, RegraftError } from './problems.js';

const objectId = z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/);
/** A path inside the repository; what it may name is checked again before anything is written. */
export const path = z
  .string()
  .min(1)
  .regex(/^(?!\/)(?!.*(^|\/)\.\.(\/|$))/);

const edit = z.strictObject({ start: z.int().min(0), end: z.int().min(0), text: z.string(), reason: z.string() });
const change = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('rewrite'), path, before: objectId, edits: z.array(edit) }),
  z.strictObject({ kind: z.literal('delete'), path, before: objectId }),
  z.strictObject({ kind: z.literal('create'), path, edits: z.array(edit) }),
  z.strictObject({ kind: z.literal('move'), path, from: path, before: objectId, edits: z.array(edit) }),
]);
const batch = z.strictObject({ id: z.string(), title: z.string(), message: z.string(), changes: z.array(change) });
const problemShape = z.strictObject({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  path: z.string().nullable(),
  line: z.int().nullable(),
  column: z.int().nullable(),
  message: z.string(),
  hint: z.string().nullable(),
});
/** Left out where it names nothing: plans from before it was known keep their ids. */
const apart = z.array(path).min(1);
const dedupeIntent = z.strictObject({
  command: z.literal('dedupe'),
  suffixes: z.array(z.string()),
  pairs: z.array(z.strictObject({ keep: path, remove: path })),
  accept: z.array(z.string()),
  batchSize: z.int().min(1),
  apart: apart.optional(),
});
const moveIntent = z.strictObject({
  command: z.literal('move'),
  moves: z.array(z.strictObject({ from: path, to: path })),
  map: path.nullable(),
  shims: z.boolean(),
  withTests: z.boolean(),
  prune: z.boolean(),
  created: z.array(path),
  accept: z.array(z.string()),
  rewrite: z.array(z.string()),
  batchSize: z.int().min(0),
  apart: apart.optional(),
});
const mergeIntent = z.strictObject({
  command: z.literal('merge'),
  from: z.array(path),
  into: path,
  conflicts: z.enum(['refuse', 'rename']),
  rename: z.array(z.strictObject({ path, name: z.string(), to: z.string().nullable() })),
  keep: z.array(z.strictObject({ path, name: z.string() })),
  shims: z.boolean(),
  accept: z.array(z.string()),
  rewrite: z.array(z.string()),
});
const retireIntent = z.strictObject({
  command: z.literal('retire'),
  shims: z.array(path),
  redirect: z.boolean(),
  accept: z.array(z.string()),
});
const transformIntent = z.strictObject({
  command: z.literal('transform'),
  transform: z.string().min(1),
  hash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  options: z.record(z.string(), z.string()),
  paths: z.array(path),
  include: z.array(z.string()),
  exclude: z.array(z.string()).min(1).optional(),
  accept: z.array(z.string()),
  batchSize: z.int().min(0),
  except: z.array(path).min(1).optional(),
  apart: apart.optional(),
});
const intent = z.discriminatedUnion('command', [dedupeIntent, moveIntent, mergeIntent, retireIntent, transformIntent]);

export const planSchema = z.strictObject({
  schema: z.literal(1),
  id: z.string().regex(/^[0-9a-f]{16}$/),
  base: objectId,
  intent,
  batches: z.array(batch),
  findings: z.array(problemShape),
  refusals: z.array(problemShape),
});

/** @throws RegraftError `bad-plan` */
export function parsePlan(text: string): Plan {
  try {
    return planSchema.parse(JSON.parse(text));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new RegraftError(problem('bad-plan', `this is no plan of regraft: ${why}`, { hint: 'save the plan again' }));
  }
}
