/** What is asked of a Python interpreter: whether one is at hand, and from where it would import. regraft itself never needs one; verification by tests does. */
import { runProcess } from './command.js';

/**
 * Finds, without importing anything, from where the packages of some files would be imported in a directory. For each top
 * package that is found elsewhere its name and place.
 */
const PROBE = `
import importlib.util, json, os, sys
here = os.path.realpath(os.getcwd())
sys.path.insert(0, here)
found = {}
for path in json.loads(sys.argv[1]):
    folder, name = os.path.split(path)
    while os.path.exists(os.path.join(folder, "__init__.py")):
        folder, name = os.path.split(folder)
    name = name.partition(".")[0]
    try:
        spec = importlib.util.find_spec(name)
    except (ImportError, ValueError):
        continue
    places = [spec.origin, *(spec.submodule_search_locations or [])] if spec else []
    places = [os.path.realpath(place) for place in places if place and os.path.exists(place)]
    if places and not any(place.startswith(here + os.sep) for place in places):
        found[name] = places[0]
print(json.dumps(found))
`;

/** Top packages of Python files that an interpreter would import from outside the directory: name to place. */
export async function importedFromElsewhere(
  python: string,
  directory: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const modules = paths.filter((path) => path.endsWith('.py')).slice(0, MOST_PROBED);
  const options = { directory, timeout: 30_000 };
  const { output } = await runProcess(python, ['-c', PROBE, JSON.stringify(modules)], options);
  return new Map(Object.entries(JSON.parse(output.trim().split('\n').at(-1) ?? '{}') as Record<string, string>));
}

/** A command line holds no more with ease. */
const MOST_PROBED = 500;

/** The version, such as `3.11.7`; `null` without an interpreter. */
export async function pythonVersion(directory: string): Promise<string | null> {
  try {
    const { exitCode, output } = await runProcess('python3', ['--version'], { directory, timeout: 10_000 });
    return exitCode === 0 ? (/\d[\w.]*/.exec(output)?.[0] ?? null) : null;
  } catch {
    return null;
  }
}
