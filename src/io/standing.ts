/** What stands at a path right now, seen without following links. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Standing } from '../core/recovery.js';
import { blobId } from './hash.js';
import { lookAt, parentFault } from './paths.js';
import type { Repository } from './repository.js';

/** The blob id of the bytes on the disk, `null` for nothing, `other` for anything but a regular file in real directories. */
export function standingAt(repository: Repository, path: string): Standing {
  if (parentFault(repository.top, path) !== null) return 'other';
  const full = join(repository.top, path);
  const stat = lookAt(full);
  if (stat === null) return null;
  return stat.isFile() ? blobId(readFileSync(full), repository.hash) : 'other';
}
