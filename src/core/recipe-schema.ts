/** The shape of recipes and of maps of moves as people write them: one source for validation and for the published JSON Schema. */
import { z } from 'zod';

/** A path or dotted name, relative to the top of the repository. */
const name = z.string().min(1, 'a path or a dotted name must not be empty');
const command = z.string().min(1, 'a command must not be empty');
/** One, or several. */
const some = <T extends z.ZodType>(item: T) => z.union([item, z.array(item)]);
const batchSize = z.int().min(1, 'a batch holds at least one').meta({ description: 'Operations per commit.' });

const accept = some(z.string()).meta({
  description: 'Refusals accepted by name: CODE, CODE:PATH or CODE:PATH:LINE, as a refusal prints it.',
});

const entry = z.strictObject({ from: name, to: name });
/** FROM: TO, or a list of both. */
export const mapSchema = z
  .union([z.record(name, name), z.array(entry)])
  .meta({ description: 'FROM: TO, each a path or dotted name; TO with a final / is a directory to move into.' });

const dedupe = z.strictObject({
  paths: some(name).optional().meta({ description: 'Directories, or the duplicates themselves. Default: everything.' }),
  suffix: some(z.string().min(1))
    .optional()
    .meta({ description: 'What marks a duplicate, such as _robust. Default: the usual markers.' }),
  pairs: z
    .union([z.record(name, name), z.array(z.strictObject({ remove: name, keep: name }))])
    .optional()
    .meta({ description: 'REMOVE: KEEP, where the names do not tell.' }),
  accept: accept.optional(),
});
const symbols = some(z.string().regex(/.:./, 'write PATH:NAME'));
const merge = z.strictObject({
  from: z.array(name).min(1).meta({ description: 'Modules; the first gives the merged one its docstring and layout.' }),
  into: name.meta({ description: 'A new module, or one of them.' }),
  conflicts: z
    .enum(['refuse', 'rename'])
    .optional()
    .meta({ description: 'What becomes of names that mean different things in them. Default: refuse.' }),
  rename: symbols.optional().meta({ description: 'Names that get another one: PATH:NAME or PATH:NAME=NEW.' }),
  keep: symbols.optional().meta({ description: 'Definitions that stand for all others of their name: PATH:NAME.' }),
  accept: accept.optional(),
});
const transform = z.strictObject({
  file: name.meta({ description: 'A file of JavaScript or TypeScript, or the name of a built-in transform.' }),
  options: z
    .record(z.string().regex(/^[\w.-]+$/), z.union([z.string(), z.number(), z.boolean()]))
    .optional()
    .meta({ description: 'Handed to the transform, as text.' }),
  paths: some(name).optional().meta({ description: 'Directories or files. Default: all that it is for.' }),
  include: some(z.string().min(1)).optional().meta({ description: 'Globs in place of what the transform says.' }),
  exclude: some(z.string().min(1))
    .optional()
    .meta({ description: 'Globs of files, or directories, that it is not run on.' }),
  accept: accept.optional(),
});

/** What a phase can do; it does one of them. */
export const KINDS = ['dedupe', 'move', 'merge', 'transform'] as const;

const phase = z
  .strictObject({
    name: z.string().min(1, 'a phase needs a name').meta({ description: 'What reports call the phase.' }),
    dedupe: dedupe.optional().meta({ description: 'Delete duplicate modules, their users redirected.' }),
    move: mapSchema.optional(),
    merge: merge.optional().meta({ description: 'Make one module of several.' }),
    transform: transform.optional().meta({ description: "Run a user's own transform, or a built-in one." }),
    shims: z.boolean().optional().meta({ description: 'Leave a thin module at each old place.' }),
    'with-tests': z.boolean().optional().meta({ description: 'Tests that mirror a module move along.' }),
    prune: z
      .boolean()
      .optional()
      .meta({ description: 'Packages that moves leave with nothing but an empty __init__.py go.' }),
    accept: accept.optional(),
    rewrite: some(z.string())
      .optional()
      .meta({ description: 'Doubtful mentions to be rewritten: PATH:LINE or PATH:LINE=TEXT.' }),
    verify: some(command).optional().meta({ description: 'Commands that must not get worse in this phase.' }),
    'batch-size': batchSize.optional(),
  })
  .meta({ oneOf: KINDS.map((kind) => ({ required: [kind] })) });

export const recipeSchema = z
  .strictObject({
    $schema: z.string().optional(),
    verify: some(command).optional().meta({ description: 'Commands that must not get worse in any phase.' }),
    phases: z.array(phase).min(1, 'a recipe needs at least one phase'),
  })
  .meta({ title: 'Recipe of regraft', description: 'Phases that regraft run carries out one after the other.' });

export type WrittenRecipe = z.infer<typeof recipeSchema>;
export type WrittenPhase = z.infer<typeof phase>;
export type WrittenMap = z.infer<typeof mapSchema>;

/** The keys that may stand where these keys lead to. */
export function knownKeys(keys: readonly PropertyKey[]): readonly string[] {
  const where = keys.map((key) => (typeof key === 'number' ? '*' : String(key))).join('.');
  const objects: Readonly<Record<string, z.ZodObject>> = {
    '': recipeSchema,
    'phases.*': phase,
    'phases.*.dedupe': dedupe,
    'phases.*.merge': merge,
    'phases.*.transform': transform,
    'phases.*.move.*': entry,
    '*': entry,
  };
  return Object.keys(objects[where]?.shape ?? {});
}
