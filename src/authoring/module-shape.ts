/** What a transform file exports, made into a transform: modules of either kind, as authors of codemods write them. */
import { problem, RegraftError } from '../core/problems.js';
import type { Transform, TransformModule } from './types.js';

const PARSERS = ['babel', 'babylon', 'flow', 'ts', 'tsx'];

/** @param exported a namespace, a CommonJS `module.exports`, or the function itself. @throws RegraftError `bad-transform` */
export function transformModule(exported: unknown, file: string): TransformModule {
  const outer = exported as Record<string, unknown> | null;
  const inner = typeof exported === 'function' ? exported : outer?.default;
  // What was compiled to CommonJS has its default inside the default.
  const nested = (inner as { default?: unknown } | null)?.default;
  const transform = typeof inner === 'function' ? inner : nested;
  const fail = (message: string, hint: string) =>
    new RegraftError(problem('bad-transform', `${file}: ${message}`, { place: file, hint }));
  if (typeof transform !== 'function')
    throw fail('it exports no function by default', 'export default function (file, api, options) { … }');
  const said = (name: string) => outer?.[name] ?? (inner as Record<string, unknown> | null)?.[name];
  const [include, parser] = [said('include'), said('parser')];
  const globs = include === undefined ? [] : [include].flat();
  if (!globs.every((glob) => typeof glob === 'string' && glob !== ''))
    throw fail('`include` is no glob and no list of them', "export const include = '**/*.py'");
  if (parser !== undefined && !PARSERS.includes(parser as string))
    throw fail(`\`parser\` is none of ${PARSERS.join(', ')}`, "export const parser = 'tsx'");
  return {
    default: transform as Transform,
    ...(include === undefined ? {} : { include: globs as string[] }),
    ...(parser === undefined ? {} : { parser: parser as string }),
  };
}

/** The files that a transform is for, when directories are named or nothing is. */
export function globsOf({ include, parser }: TransformModule): readonly string[] {
  if (include !== undefined) return [include].flat();
  return parser === undefined ? ['**/*.{py,pyi}'] : ['**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}'];
}
