/** How chains of statements and lists of modules are put into words. */
import type { ChainLink } from './outcomes.js';

export function entriesText(entries: readonly string[]): string {
  const [first] = entries;
  const more = entries.length - 1;
  return more === 0 ? `${first}` : `${first} and ${more} more module${more === 1 ? '' : 's'}`;
}

export function chainText(chain: readonly ChainLink[]): string {
  return chain.map(({ path, line }) => `${path}:${line}`).join(' -> ');
}
