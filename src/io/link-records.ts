/** The links of files as bytes and back: JSON, paths written once, words of closed lists as numbers. */
import type { EdgeForm, ImportEdge } from '../core/edges.js';
import type { When } from '../core/facts.js';
import type { KeptFile, KeptLinks } from '../core/kept-links.js';

const WHEN: readonly When[] = ['runtime', 'typing', 'lazy', 'guarded', 'conditional'];
const FORM: readonly EdgeForm[] = ['import', 'from', 'star', 'dynamic', 'string', 'implicit', 'path'];
/** Numbers of one edge: path, line, form, when, and 1 for a guess. */
const EDGE = 5;

type FileRecord = readonly [
  path: number,
  blob: string,
  names: readonly string[],
  restsOn: readonly number[],
  edges: readonly number[],
  unresolved?: readonly UnresolvedRecord[],
  unknowns?: readonly UnknownRecord[],
];
type UnresolvedRecord = readonly [line: number, name: string, when: number, reason: string];
type UnknownRecord = readonly [line: number | null, reason: string];

interface LinksRecord {
  readonly paths: readonly string[];
  readonly files: readonly FileRecord[];
}

export function encodeLinks(links: KeptLinks): Buffer {
  const numbers = new Map<string, number>();
  const numberOf = (path: string) => {
    const number = numbers.get(path) ?? numbers.size;
    numbers.set(path, number);
    return number;
  };
  const files = [...links].map(([path, file]) => JSON.stringify(encodeFile(path, file, numberOf)));
  return Buffer.from(`{"paths":${JSON.stringify([...numbers.keys()])},"files":[${files.join(',')}]}`);
}

function encodeFile(path: string, file: KeptFile, numberOf: (path: string) => number): FileRecord {
  const { blob, names, restsOn, edges, unresolved, unknowns } = file;
  const numbers: number[] = [];
  for (const { importedPath, line, form, when, guessed } of edges)
    numbers.push(numberOf(importedPath), line, FORM.indexOf(form), WHEN.indexOf(when), guessed ? 1 : 0);
  const head = [numberOf(path), blob, names, restsOn.map(numberOf), numbers] as const;
  if (unresolved.length + unknowns.length === 0) return head;
  return [
    ...head,
    unresolved.map(({ line, name, when, reason }): UnresolvedRecord => [line, name, WHEN.indexOf(when), reason]),
    unknowns.map(({ line, reason }): UnknownRecord => [line, reason]),
  ];
}

/** @throws SyntaxError or TypeError where the bytes are none of {@link encodeLinks} */
export function decodeLinks(bytes: Buffer): KeptLinks {
  const { paths, files } = JSON.parse(bytes.toString('utf8')) as LinksRecord;
  const links = new Map<string, KeptFile>();
  for (const record of files) links.set(among(paths, record[0]), decodeFile(record, paths));
  return links;
}

function decodeFile(record: FileRecord, paths: readonly string[]): KeptFile {
  const [number, blob, names, restsOn, numbers, unresolved = [], unknowns = []] = record;
  const path = among(paths, number);
  const edges: ImportEdge[] = [];
  for (let at = 0; at < numbers.length; at += EDGE) {
    const edge = {
      path,
      importedPath: among(paths, numbers[at]),
      line: numbers[at + 1] as number,
      form: among(FORM, numbers[at + 2]),
      when: among(WHEN, numbers[at + 3]),
    };
    edges.push(numbers[at + 4] === 1 ? { ...edge, guessed: true } : edge);
  }
  return {
    blob,
    names,
    restsOn: restsOn.map((each) => among(paths, each)),
    edges,
    unresolved: unresolved.map(([line, name, when, reason]) => ({ path, line, name, when: among(WHEN, when), reason })),
    unknowns: unknowns.map(([line, reason]) => ({ path, line, reason })),
  };
}

function among<T>(list: readonly T[], number: number | undefined): T {
  const found = list[number ?? -1];
  if (found === undefined) throw new TypeError(`no entry ${number}`);
  return found;
}
