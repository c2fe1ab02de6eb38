/** Tells whoever listens which git commands ran, and how long they took. Costs nothing where nobody does. */
import { channel } from 'node:diagnostics_channel';

export interface GitCall {
  readonly args: readonly string[];
  /** `null` where git did not come to an end of its own. */
  readonly code: number | null;
  readonly milliseconds: number;
}

const CALLS = channel('regraft:git');

export async function observed<T extends { readonly code: number | null }>(
  args: readonly string[],
  call: () => Promise<T>,
): Promise<T> {
  if (!CALLS.hasSubscribers) return call();
  const start = performance.now();
  let code: number | null = null;
  try {
    const result = await call();
    code = result.code;
    return result;
  } finally {
    CALLS.publish({ args, code, milliseconds: performance.now() - start } satisfies GitCall);
  }
}

/** @returns what ends the listening */
export function listenToGit(listener: (call: GitCall) => void): () => void {
  const hear = (message: unknown) => listener(message as GitCall);
  CALLS.subscribe(hear);
  return () => void CALLS.unsubscribe(hear);
}
