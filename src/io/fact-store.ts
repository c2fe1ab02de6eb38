/** Facts that outlive the process: reading them takes a fifth of the time that reading the file again would. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Facts } from '../core/facts.js';
import { ContentStore, LARGEST_STORE, type StoreHome } from './content-store.js';

export const FACT_VERSION = 'facts 2';

/** @returns JSON, an eighth of its size, about as long as the source */
export function encodeFacts(facts: Facts): Buffer {
  return deflateRawSync(JSON.stringify(facts), { level: 1 });
}

/** @throws Error or SyntaxError where the bytes are none of {@link encodeFacts} */
export function decodeFacts(bytes: Buffer): Facts {
  return JSON.parse(inflateRawSync(bytes).toString('utf8')) as Facts;
}

export class FactStore extends ContentStore<Facts> {
  constructor(repository: StoreHome) {
    super(repository, {
      name: 'facts',
      version: FACT_VERSION,
      ...LARGEST_STORE,
      encode: encodeFacts,
      decode: decodeFacts,
    });
  }
}
