/** Long work in steps: between them Ctrl-C is heard, and the native engine frees its trees. */
import { interrupted } from '../core/problems.js';
import type { Environment } from './command.js';

/** As many trees may wait for their end. */
export const TREES_HELD = 20;

/** Gives the event loop a turn. @throws RegraftError `interrupted` */
export async function turn({ signal }: Pick<Environment, 'signal'>): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  if (signal.aborted) throw interrupted();
}
