/** Directories of files that tests of transforms run on and compare with. Read only. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Bytes by path, with `/`, sorted; `null` where there is no such directory. */
export function readTree(directory: string): ReadonlyMap<string, Uint8Array> | null {
  if (!existsSync(directory)) return null;
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name).slice(join(directory, '/').length)).sort();
  return new Map(paths.map((path) => [path.split('\\').join('/'), readFileSync(join(directory, path))]));
}
