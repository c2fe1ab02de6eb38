/** Import graphs as bytes and back: JSON, paths written once, words of closed lists as numbers. */
import type { EdgeForm, ImportEdge } from '../core/edges.js';
import type { When } from '../core/facts.js';
import type { ImportGraph } from '../core/graph.js';

const WHEN: readonly When[] = ['runtime', 'typing', 'lazy', 'guarded', 'conditional'];
const FORM: readonly EdgeForm[] = ['import', 'from', 'star', 'dynamic', 'string', 'implicit', 'path'];
/** Numbers of one edge: two paths, line, form, when, and 1 for a guess. */
const EDGE = 6;

interface GraphRecord {
  readonly paths: readonly string[];
  /** Path, name, other names. */
  readonly modules: readonly (readonly [number, string, ...string[]])[];
  /** {@link EDGE} numbers each. */
  readonly imports: readonly number[];
  /** Path, line, name, when, reason. */
  readonly unresolved: readonly (readonly [number, number, string, number, string])[];
  /** Path, line, reason. */
  readonly unknowns: readonly (readonly [number, number | null, string])[];
}

export function encodeGraph({ modules, imports, unresolved, unknowns }: ImportGraph): Buffer {
  const numbers = new Map<string, number>();
  const numberOf = (path: string) => {
    const number = numbers.get(path) ?? numbers.size;
    numbers.set(path, number);
    return number;
  };
  const record: Omit<GraphRecord, 'paths'> = {
    modules: modules.map(({ path, name, otherNames }) => [numberOf(path), name, ...otherNames]),
    imports: imports.flatMap(({ path, importedPath, line, form, when, guessed }) => {
      return [numberOf(path), numberOf(importedPath), line, FORM.indexOf(form), WHEN.indexOf(when), guessed ? 1 : 0];
    }),
    unresolved: unresolved.map((each) => [
      numberOf(each.path),
      each.line,
      each.name,
      WHEN.indexOf(each.when),
      each.reason,
    ]),
    unknowns: unknowns.map(({ path, line, reason }) => [numberOf(path), line, reason]),
  };
  return Buffer.from(JSON.stringify({ ...record, paths: [...numbers.keys()] }));
}

/** @throws SyntaxError or TypeError where the bytes are none of {@link encodeGraph} */
export function decodeGraph(bytes: Buffer): ImportGraph {
  const { paths, modules, imports, unresolved, unknowns } = JSON.parse(bytes.toString('utf8')) as GraphRecord;
  const pathOf = (number: number | undefined) => among(paths, number);
  return {
    modules: modules.map(([path, name, ...otherNames]) => ({ path: pathOf(path), name, otherNames })),
    imports: Array.from({ length: imports.length / EDGE }, (_, index): ImportEdge => {
      const [path, importedPath, line, form, when, guessed] = imports.slice(index * EDGE, (index + 1) * EDGE);
      return {
        path: pathOf(path),
        importedPath: pathOf(importedPath),
        line: line as number,
        form: among(FORM, form),
        when: among(WHEN, when),
        ...(guessed === 1 ? { guessed: true as const } : {}),
      };
    }),
    unresolved: unresolved.map(([path, line, name, when, reason]) => {
      return { path: pathOf(path), line, name, when: among(WHEN, when), reason };
    }),
    unknowns: unknowns.map(([path, line, reason]) => ({ path: pathOf(path), line, reason })),
  };
}

function among<T>(list: readonly T[], number: number | undefined): T {
  const found = list[number ?? -1];
  if (found === undefined) throw new TypeError(`no entry ${number}`);
  return found;
}
