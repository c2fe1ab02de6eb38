/** Git's naming of contents, and the one conversion of line ends that working copies may carry. */
import { createHash } from 'node:crypto';
import type { ObjectId } from '../core/model.js';

export type HashName = 'sha1' | 'sha256';

/** The id that git gives to a blob of these bytes. */
export function blobId(bytes: Uint8Array, hash: HashName): ObjectId {
  return createHash(hash).update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

const LF = 10;
const CR = 13;

/** Every LF as CRLF. */
export function withCrlf(bytes: Uint8Array): Uint8Array {
  return Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll('\n', '\r\n'), 'latin1');
}

/** CRLF as LF when every LF is preceded by CR, else `null`: only then does {@link withCrlf} give the bytes back. */
export function withoutCrlf(bytes: Uint8Array): Uint8Array | null {
  let found = false;
  for (let i = bytes.indexOf(LF); i >= 0; i = bytes.indexOf(LF, i + 1)) {
    if (i === 0 || bytes[i - 1] !== CR) return null;
    found = true;
  }
  return found ? Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll('\r\n', '\n'), 'latin1') : null;
}
