/** What a transform prints must not get into the result: it is reported instead. */

const METHODS = ['log', 'info', 'warn', 'error', 'debug'] as const;

/** @param say hears each line that is printed while `call` runs */
export async function hearing<T>(say: (text: string) => void, call: () => Promise<T>): Promise<T> {
  const own = METHODS.map((name) => [name, console[name]] as const);
  for (const name of METHODS) console[name] = (...parts: unknown[]) => say(parts.map(textOf).join(' '));
  try {
    return await call();
  } finally {
    for (const [name, method] of own) console[name] = method;
  }
}

function textOf(part: unknown): string {
  if (typeof part === 'string') return part;
  try {
    return JSON.stringify(part) ?? String(part);
  } catch {
    return String(part);
  }
}
