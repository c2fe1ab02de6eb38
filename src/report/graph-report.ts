/** The import graph with what is derived from it, as reports show it: cycles, tiers, and the imports that break them. */
import type { Cycle, ImportGraph } from '../core/graph.js';
import type { Tiers } from '../core/tiers/tiers.js';

export interface GraphReport {
  readonly graph: ImportGraph;
  readonly cycles: readonly Cycle[];
  readonly tiers: Tiers;
  readonly nameOf: (path: string) => string;
}
