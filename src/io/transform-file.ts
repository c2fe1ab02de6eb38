/**
 * Loads a user's own transform: the one place where code that the tool does not know is started, because its user named
 * the file. JavaScript is imported as Node does; TypeScript is stripped of its types first, and is not checked.
 */
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compileFunction } from 'node:vm';
import { problem, RegraftError } from '../core/problems.js';

export interface LoadedModule {
  /** Absolute. */
  readonly path: string;
  /** SHA-256 of its bytes. */
  readonly hash: string;
  /** What it exports; nothing of it is checked yet. */
  readonly exported: unknown;
}

const LARGEST = 4 * 1024 * 1024;
const SCRIPTS = ['.js', '.mjs', '.cjs'];
const TYPED = ['.ts', '.mts', '.cts'];

/** The bytes and their hash, before anything of them runs. @throws RegraftError `no-transform` */
export function readTransform(directory: string, file: string): { path: string; hash: string; text: string } {
  const path = resolve(directory, file);
  const fail = (why: string) =>
    new RegraftError(
      problem('no-transform', `cannot read the transform ${file}: ${why}`, {
        place: file,
        hint: 'name a file in .js, .mjs, .cjs, .ts, .mts or .cts, or a built-in transform by its bare name',
      }),
    );
  if (![...SCRIPTS, ...TYPED].includes(extname(path))) throw fail('it is no JavaScript or TypeScript');
  try {
    const found = statSync(path);
    if (!found.isFile()) throw fail('it is no regular file');
    if (found.size > LARGEST) throw fail('it is larger than 4 MiB');
    const bytes = readFileSync(path);
    const hash = createHash('sha256').update(bytes).digest('hex');
    return { path, hash, text: bytes.toString('utf8') };
  } catch (error) {
    if (error instanceof RegraftError) throw error;
    throw fail((error as NodeJS.ErrnoException).code ?? String(error));
  }
}

/** Runs the file's own top level. @throws RegraftError `no-transform`, `bad-transform` */
export async function loadTransform(directory: string, file: string): Promise<LoadedModule> {
  const { path, hash, text } = readTransform(directory, file);
  try {
    const exported = TYPED.includes(extname(path)) ? runTypeScript(path, text, new Map()) : await imported(path, hash);
    return { path, hash, exported };
  } catch (error) {
    const said = error instanceof Error ? `${error.name}: ${error.message.split('\n')[0]}` : String(error);
    const line = brokenLine(error, path);
    const place = line === null ? file : { path: file, line, column: 1 };
    const isPlain = error instanceof SyntaxError && SCRIPTS.includes(extname(path));
    const hint = isPlain ? 'types are for .ts, .mts and .cts; node --check tells more' : 'run it with node to see more';
    throw new RegraftError(problem('bad-transform', `the transform does not load: ${said}`, { place, hint }));
  }
}

/** The first place in the file itself that the stack of an error names; of a syntax error that is its first line. */
function brokenLine(error: unknown, path: string): number | null {
  const { stack = '', loc } = (error ?? {}) as { stack?: string; loc?: { line?: number } };
  if (loc?.line) return loc.line;
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const [, line] = new RegExp(`${name}(?:\\?[0-9a-f]+)?:(\\d+)`).exec(stack) ?? [];
  return line === undefined ? null : Number(line);
}

/** A changed file is another module. */
function imported(path: string, hash: string): Promise<unknown> {
  const address = `${pathToFileURL(path).href}?${hash.slice(0, 16)}`;
  return import(/* @vite-ignore */ address);
}

interface Babel {
  transformSync(text: string, options: object): { code?: string | null } | null;
}

/** jscodeshift brings Babel along. */
function babel(): { core: Babel; preset: string; modules: string } {
  const own = createRequire(import.meta.url);
  const theirs = createRequire(own.resolve('jscodeshift'));
  return {
    core: theirs('@babel/core') as Babel,
    preset: theirs.resolve('@babel/preset-typescript'),
    modules: theirs.resolve('@babel/plugin-transform-modules-commonjs'),
  };
}

/** As CommonJS; what it requires may be TypeScript too. */
function runTypeScript(path: string, text: string, known: Map<string, { exports: unknown }>): unknown {
  const before = known.get(path);
  if (before) return before.exports;
  const { core, preset, modules } = babel();
  const compiled = core.transformSync(text, {
    filename: path,
    babelrc: false,
    configFile: false,
    retainLines: true,
    sourceMaps: false,
    presets: [preset],
    plugins: [modules],
  });
  const module: { exports: unknown } = { exports: {} };
  known.set(path, module);
  const native = createRequire(path);
  const load = (name: string): unknown => {
    const inner = name.startsWith('.') ? typeScriptAt(resolve(dirname(path), name)) : null;
    return inner === null ? native(name) : runTypeScript(inner, readFileSync(inner, 'utf8'), known);
  };
  const names = ['exports', 'require', 'module', '__filename', '__dirname'];
  const body = compileFunction(compiled?.code ?? '', names, { filename: path });
  body.call(module.exports, module.exports, load, module, path, dirname(path));
  return module.exports;
}

/** `./x.ts`, or `./x` and `./x.js` that mean it; likewise with `.mjs` and `.cjs`. */
function typeScriptAt(path: string): string | null {
  const candidates = [path, `${path}.ts`, path.replace(/\.([mc]?)js$/, '.$1ts')].filter((each) =>
    TYPED.includes(extname(each)),
  );
  return candidates.find((each) => statSync(each, { throwIfNoEntry: false })?.isFile()) ?? null;
}
