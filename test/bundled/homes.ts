/** Where the names of modules went, by what runs tell of them; and whether CPython finds each there. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { python } from './checkout.js';

/** Public names that importing each module gives, by its dotted name. */
export type Names = Readonly<Record<string, readonly string[]>>;

/** What is asked of one name. */
interface Home {
  readonly old: { readonly module: string; readonly name: string };
  readonly now: { readonly module: string; readonly name: string };
  /** The old name must give the same object. */
  readonly isKept: boolean;
}

export const dotted = (path: string) => path.replace(/\.py$/, '').replaceAll('/', '.');

/** Of every module that can be imported. */
export function namesOf(root: string): Names {
  return JSON.parse(run(root, LIST)) as Names;
}

/** Follows every name through the phases of runs, in their order. */
export function homes(before: Names, documents: readonly any[]): Home[] {
  const phases = documents.flatMap(({ data }) => data.phases);
  return Object.entries(before).flatMap(([module, names]) =>
    names.flatMap((name): Home[] => {
      const now = phases.reduce(followed, { module, name });
      const isKept = phases.some(({ shims }: any) => shims?.some((path: string) => dotted(path) === module));
      return now.module === module ? [] : [{ old: { module, name }, now, isKept }];
    }),
  );
}

function followed(here: Home['now'], { moved = [], merged, pairs = [] }: any): Home['now'] {
  const is = (path: string) => dotted(path) === here.module;
  const pair = pairs.find(({ remove }: any) => is(remove));
  if (pair) return { ...here, module: dotted(pair.keep) };
  if (merged?.from.some(is)) {
    const symbol = merged.symbols.find((each: any) => is(each.path) && each.name === here.name);
    return { module: dotted(merged.into), name: symbol?.to ?? here.name };
  }
  const move = moved.find(({ from }: any) => is(from));
  return move ? { ...here, module: dotted(move.to) } : here;
}

/** Names that CPython does not find where they should be, and how many it was asked for. */
export function strays(root: string, asked: readonly Home[]): { missing: unknown[]; checked: number } {
  const file = join(root, '..', 'homes.json');
  writeFileSync(file, JSON.stringify(asked));
  return { missing: JSON.parse(run(root, CHECK, file)), checked: asked.length };
}

function run(root: string, program: string, ...args: string[]): string {
  const { status, stdout, stderr } = python(root, '-W', 'ignore', '-c', program, ...args);
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

const LIST = `
import importlib, json, pathlib
found = {}
for path in sorted(pathlib.Path(".").rglob("*.py")):
    module = ".".join(path.with_suffix("").parts)
    if path.name == "__init__.py" or path.parts[0] in ("tests", "scripts"):
        continue
    try:
        found[module] = [name for name in vars(importlib.import_module(module)) if not name.startswith("_")]
    except ImportError:
        pass
print(json.dumps(found))
`;

const CHECK = `
import importlib, json, sys
NOTHING = object()

def given(place):
    return getattr(importlib.import_module(place["module"]), place["name"], NOTHING)

missing = []
for home in json.load(open(sys.argv[1])):
    now = given(home["now"])
    if now is NOTHING or (home["isKept"] and given(home["old"]) is not now):
        missing.append(home)
print(json.dumps(missing))
`;
