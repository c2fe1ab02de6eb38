/** Prints of code that outlive the process: copies are looked for without reading files that have not changed. */
import { endianness } from 'node:os';
import type { CodePrint } from '../core/clones/model.js';
import { ContentStore, LARGEST_STORE, type StoreHome } from './content-store.js';
import { decodePrint, encodePrint } from './print-records.js';

export const PRINT_VERSION = 'prints 1';

export class PrintStore extends ContentStore<CodePrint> {
  constructor(repository: StoreHome) {
    super(repository, {
      name: 'prints',
      // Numbers stand there as the machine has them.
      version: `${PRINT_VERSION} ${endianness()}`,
      ...LARGEST_STORE,
      encode: encodePrint,
      decode: decodePrint,
    });
  }
}
