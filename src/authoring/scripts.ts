/** `api.j`: jscodeshift with the parser that a file needs. Line ends stay those of the file. */
import jscodeshift, { type Collection, type JSCodeshift } from 'jscodeshift';

const BY_EXTENSION: Readonly<Record<string, string>> = { ts: 'ts', mts: 'ts', cts: 'ts', tsx: 'tsx' };
const known = new Map<string, JSCodeshift>();

/** @param parser what the transform asks for */
export function scriptsFor(path: string, parser: string | undefined): JSCodeshift {
  const name = parser ?? BY_EXTENSION[path.slice(path.lastIndexOf('.') + 1)] ?? 'babel';
  let core = known.get(name);
  if (!core) {
    core = withLineEnds(jscodeshift.withParser(name));
    known.set(name, core);
  }
  return core;
}

/** Why a text of a script does not parse, and where; `null` where it does, and for all other files. */
export function scriptError(
  path: string,
  parser: string | undefined,
  text: string,
): { message: string; line: number | null } | null {
  if (!/\.[cm]?[jt]sx?$/.test(path)) return null;
  try {
    scriptsFor(path, parser)(text);
    return null;
  } catch (error) {
    const { message, loc } = error as Error & { loc?: { line?: number } };
    return { message: (message ?? '').split('\n')[0] ?? '', line: loc?.line ?? null };
  }
}

/** It writes the line ends of the machine that it runs on, unless told otherwise. */
function withLineEnds(core: JSCodeshift): JSCodeshift {
  return new Proxy(core, {
    apply(target, self, args: [unknown, ...unknown[]]) {
      const made = Reflect.apply(target, self, args) as Collection;
      const [source] = args;
      if (typeof source !== 'string') return made;
      const lineTerminator = /\r\n/.test(source) && !/[^\r]\n/.test(source) ? '\r\n' : '\n';
      const toSource = made.toSource.bind(made);
      made.toSource = (options) => toSource({ lineTerminator, ...options });
      return made;
    },
  });
}
