/** File names as git hands them over: bytes, which need not be UTF-8. */

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The name as text; `null` when it is not valid UTF-8, so that text would not lead back to the file. */
export function nameOf(bytes: Uint8Array): string | null {
  try {
    return strict.decode(bytes);
  } catch {
    return null;
  }
}

/** A printable stand-in for a name that is not valid UTF-8: its other bytes as `\xNN`. */
export function escapeName(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) =>
    byte >= 0x20 && byte < 0x7f && byte !== 0x5c
      ? String.fromCharCode(byte)
      : `\\x${byte.toString(16).padStart(2, '0')}`,
  ).join('');
}
