/** Calls that put nothing of their arguments into their result or their object. */

/** Built-in functions whose result holds nothing of what they are given. */
const BLIND = new Set(
  'len isinstance issubclass callable hasattr setattr delattr int float bool complex hash id print range abs divmod ord round sum dir open breakpoint'.split(
    ' ',
  ),
);

/** Methods of strings and containers that only look at their arguments. */
const LOOKING = new Set(
  'startswith endswith split rsplit partition rpartition strip lstrip rstrip removeprefix removesuffix find rfind index rindex count encode decode isdigit lower upper title capitalize splitlines expandtabs keys items values copy clear sort reverse remove discard __contains__ __getitem__ exists is_file is_dir debug info warning error exception critical log warn fail'.split(
    ' ',
  ),
);

/** Methods whose first argument is a key. */
const KEYED = new Set(['get', 'pop', 'setdefault']);

/** The arguments that may be in the result of a call from outside, or in its object. */
export function isPassedOn(
  dotted: readonly string[],
  method: string | null,
  position: number | string | null,
): boolean {
  if (method !== null) return !LOOKING.has(method) && !(KEYED.has(method) && position === 0);
  if (dotted.includes('getattr') && position === 1) return false;
  return !(dotted.length > 0 && dotted.every((name) => BLIND.has(name)));
}

/** Methods that give a new value and leave their object as it is. */
const MAKING = new Set('format join replace translate center ljust rjust zfill format_map __mod__'.split(' '));

export function changesObject(method: string): boolean {
  return !MAKING.has(method) && !LOOKING.has(method);
}

const LISTING = /(?:^|\.)(?:listdir|scandir|iglob|glob|rglob|iterdir|walk|iter_modules|walk_packages|contents)$/;

/** Functions and methods that give the names in a directory. */
export const isListing = (name: string): boolean => LISTING.test(name);

const CUTTING = /^(?:r?split|r?partition|removesuffix|rstrip|rindex|rfind|sub|match|group|groups)$/;

/** Methods that give a part of a string. */
export const isCutting = (name: string): boolean => CUTTING.test(name);
