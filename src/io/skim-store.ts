/** Skims that outlive the process. */
import type { Skim } from '../core/skim.js';
import { ContentStore, LARGEST_STORE, type StoreHome } from './content-store.js';
import { decodeSkim, encodeSkim } from './skim-records.js';

export const SKIM_VERSION = 'skim 2';

export class SkimStore extends ContentStore<Skim> {
  constructor(repository: StoreHome) {
    super(repository, {
      name: 'skims',
      version: SKIM_VERSION,
      ...LARGEST_STORE,
      encode: (skim) => Buffer.from(encodeSkim(skim)),
      decode: (bytes) => decodeSkim(bytes.toString('utf8')),
    });
  }

  /** A fresh skim's strings are parts of the file's text, which they would hold; bytes of its own would each hold a page of others. */
  override set(key: string, skim: Skim): void {
    if (!this.isBlob(key)) return super.set(key, skim);
    const text = encodeSkim(skim);
    this.known.set(key, decodeSkim(text));
    this.fresh.set(key, () => Buffer.from(text));
  }
}
