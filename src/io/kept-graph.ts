/**
 * The import graph as it was last built, kept for one working tree under the git directory: where nothing that it depends on
 * has changed, no file is read and no import resolved. It can be deleted at any time; what is damaged is built again.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { ImportGraph } from '../core/graph.js';
import type { GraphMemory } from '../core/graph-identity.js';
import { decodeGraph, encodeGraph } from './graph-records.js';
import { RecordFile, type RecordShape, writeRecords } from './record-file.js';
import { type Repository, stateDirectory } from './repository.js';
import { SKIM_VERSION } from './skim-store.js';

/** To be raised with every change to what a graph says of the same files, or to how it is written down. */
export const GRAPH_VERSION = `graph 1 of ${SKIM_VERSION}`;
/** Bytes; reading a larger one would gain little. */
const LARGEST = 256 * 1024 * 1024;

export class KeptGraph implements GraphMemory {
  private readonly path: string;
  private readonly shape: RecordShape = { version: GRAPH_VERSION, width: 32 };
  private fresh: readonly [Buffer, ImportGraph] | null = null;

  constructor(repository: Pick<Repository, 'gitDir'>) {
    this.path = join(stateDirectory(repository), 'graph');
  }

  get(identity: string): ImportGraph | undefined {
    const bytes = RecordFile.read(this.path, this.shape).get(keyOf(identity));
    try {
      return bytes && decodeGraph(bytes);
    } catch {
      return undefined;
    }
  }

  set(identity: string, graph: ImportGraph): void {
    this.fresh = [keyOf(identity), graph];
  }

  save(): void {
    if (!this.fresh) return;
    const [key, graph] = this.fresh;
    const bytes = encodeGraph(graph);
    if (bytes.length <= LARGEST) writeRecords(this.path, this.shape, [[key, bytes]]);
  }
}

function keyOf(identity: string): Buffer {
  return createHash('sha256').update(identity).digest();
}
