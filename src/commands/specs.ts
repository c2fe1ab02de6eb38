/** Every command as data: name, arguments, options, examples, and which function runs it, loaded only when it is called. */
import { HELP } from './specs/help.js';
import { HISTORY } from './specs/history.js';
import { MERGING } from './specs/merging.js';
import type { CommandSpec } from './specs/options.js';
import { PLANNING } from './specs/planning.js';
import { READING } from './specs/reading.js';
import { RECIPES } from './specs/recipes.js';
import { RELOCATION } from './specs/relocation.js';
import { SHIMS } from './specs/shims.js';
import { TRANSFORMS } from './specs/transforms.js';

export { type CommandSpec, GLOBAL_OPTIONS, writes } from './specs/options.js';

/** In the order that help lists them. */
export const COMMANDS: readonly CommandSpec[] = [
  ...READING,
  ...PLANNING,
  ...RELOCATION,
  ...MERGING,
  ...SHIMS,
  ...TRANSFORMS,
  ...RECIPES,
  ...HISTORY,
  ...HELP,
];
