/** What a repository says of itself to this tool: the table `[tool.regraft]` of its pyproject.toml. */
import { parse } from 'smol-toml';
import type { Snapshot } from './model.js';
import { problem, RegraftError } from './problems.js';
import type { DeclaredTiers } from './tiers/declared.js';

export interface Settings {
  /** Top first. */
  readonly tiers: DeclaredTiers;
  /** Days after which a shim should be gone; `null` where nobody says. */
  readonly shimDays: number | null;
}

const FILE = 'pyproject.toml';
const KNOWN: ReadonlySet<string> = new Set(['tiers', 'shim-days']);

/** @throws RegraftError `bad-settings` */
export function settingsOf(snapshot: Snapshot): Settings {
  const table = tableOf(snapshot);
  for (const key of Object.keys(table)) if (!KNOWN.has(key)) throw bad(`it knows no '${key}'`);
  return { tiers: tiersIn(table.tiers ?? []), shimDays: daysIn(table['shim-days'] ?? null) };
}

function tableOf(snapshot: Snapshot): Record<string, unknown> {
  const bytes = snapshot.entry(FILE) ? snapshot.read(FILE) : null;
  if (!(bytes instanceof Uint8Array)) return {};
  const text = Buffer.from(bytes).toString('utf8');
  // What is broken elsewhere in the file is not this tool's to say.
  if (!text.includes('tool.regraft')) return {};
  const found = (parsed(text).tool as Record<string, unknown> | undefined)?.regraft;
  if (found === undefined) return {};
  if (typeof found !== 'object' || found === null || Array.isArray(found)) throw bad('it must be a table');
  return found as Record<string, unknown>;
}

function parsed(text: string): Record<string, unknown> {
  try {
    return parse(text) as Record<string, unknown>;
  } catch (error) {
    throw bad(`the file is no TOML: ${(error as Error).message.split('\n')[0]}`);
  }
}

function tiersIn(value: unknown): DeclaredTiers {
  const isTier = (each: unknown) =>
    Array.isArray(each) && each.length > 0 && each.every((name) => typeof name === 'string');
  if (Array.isArray(value) && value.every(isTier)) return value as string[][];
  throw bad('tiers must be a list of lists of names, the top first');
}

function daysIn(value: unknown): number | null {
  if (value === null || (typeof value === 'number' && Number.isInteger(value) && value >= 0)) return value;
  throw bad('shim-days must be a whole number of days');
}

function bad(why: string): RegraftError {
  const hint = '[tool.regraft] with tiers = [["app.api"], ["app.core"]] and shim-days = 90, for example';
  return new RegraftError(problem('bad-settings', `[tool.regraft] in ${FILE}: ${why}`, { place: FILE, hint }));
}
