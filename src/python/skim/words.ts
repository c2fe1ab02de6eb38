/** The words that mean something to the skim, found by the hash that the lexer gives to each name. */

const NAMES =
  'False None True and as assert async await break class continue def del elif else except finally for from global if ' +
  'import in is lambda nonlocal not or pass raise return try while with yield match case type lazy __all__ __getattr__ ' +
  'import_module __import__ run_module resolve_name find_spec find_loader get_loader spec_from_file_location load_module ' +
  'load_source find_module iter_modules walk_packages exec modules globals vars __dict__ global_enum _convert _convert_ ' +
  'meta_path listdir scandir iglob glob rglob iterdir walk contents';

const LIST = ['', ...NAMES.split(' ')] as const;

/** Number of a word; 0 is any other name. */
export const WORD: Readonly<Record<string, number>> = Object.fromEntries(LIST.map((name, number) => [name, number]));

export const isConstant = (word: number): boolean => word >= 1 && word <= 3;
/** Hard keywords; the soft ones and what follows them are names like any other. */
export const isKeyword = (word: number): boolean => word > 3 && word <= (WORD.yield as number);
/** Names of functions that import by value, or that look for modules. */
export const isImporting = (word: number): boolean =>
  word >= (WORD.import_module as number) && word <= (WORD.exec as number);

/** Names of functions that list a directory, by which an import by value may be a scan. */
const isListing = (word: number): boolean => word >= (WORD.listdir as number);
/** What decides on an import by value stands in the same function as one of these. */
export const concernsImports = (word: number): boolean =>
  isImporting(word) || isListing(word) || word === WORD.modules || word === WORD.global;

const MASK = 0xfff;
const TABLE = new Uint8Array(MASK + 1);
const HASHES = new Int32Array(LIST.length);

for (const [number, name] of LIST.entries()) {
  if (number === 0) continue;
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  let slot = hash & MASK;
  while (TABLE[slot] !== 0) slot = (slot + 1) & MASK;
  TABLE[slot] = number;
  HASHES[number] = hash;
}

/** The number of the word that stands at `start`, whose hash is given. */
export function wordAt(text: string, start: number, end: number, hash: number): number {
  for (let slot = hash & MASK; TABLE[slot] !== 0; slot = (slot + 1) & MASK) {
    const number = TABLE[slot] as number;
    const name = LIST[number] as string;
    if (HASHES[number] === hash && end - start === name.length && text.startsWith(name, start)) return number;
  }
  return 0;
}
