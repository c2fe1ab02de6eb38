/**
 * The links of all files as they were last found, kept for one working tree under the git directory: what has not changed is
 * neither read nor resolved again. It can be deleted at any time; what is damaged is found anew.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { KeptLinks, LinkMemory } from '../core/kept-links.js';
import { decodeLinks, encodeLinks } from './link-records.js';
import { RecordFile, type RecordShape, writeRecords } from './record-file.js';
import { type Repository, stateDirectory } from './repository.js';
import { SKIM_VERSION } from './skim-store.js';
import { TOOL_VERSION } from './tool-version.js';

/** To be raised with every change to what links say of the same files, or to how they are written down. */
export const LINK_VERSION = `links 1 of ${SKIM_VERSION}`;
/** Bytes; reading a larger one would gain little. */
const LARGEST = 256 * 1024 * 1024;

export class LinkStore implements LinkMemory {
  private readonly path: string;
  private readonly shape: RecordShape = { version: `${LINK_VERSION} of ${TOOL_VERSION}`, width: 32 };
  private fresh: readonly [Buffer, KeptLinks] | null = null;

  constructor(repository: Pick<Repository, 'gitDir'>) {
    this.path = join(stateDirectory(repository), 'links');
  }

  get(surroundings: string): KeptLinks | undefined {
    const bytes = RecordFile.read(this.path, this.shape).get(keyOf(surroundings));
    try {
      return bytes && decodeLinks(bytes);
    } catch {
      return undefined;
    }
  }

  set(surroundings: string, links: KeptLinks): void {
    this.fresh = [keyOf(surroundings), links];
  }

  save(): void {
    if (!this.fresh) return;
    const [key, links] = this.fresh;
    const bytes = encodeLinks(links);
    if (bytes.length <= LARGEST) writeRecords(this.path, this.shape, [[key, bytes]]);
  }
}

function keyOf(surroundings: string): Buffer {
  return createHash('sha256').update(surroundings).digest();
}
