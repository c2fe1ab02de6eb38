/**
 * The library: the same values and functions that the command line is made of.
 *
 * @example
 * const session = await openSession(environment);
 * const [usage] = findUsages(session.linker, ['pkg/x_robust.py']);
 */
export { deleteDuplicate } from '../transforms/delete-duplicates.js';
export { type DedupeResult, type Pair, planDedupe, type Tools } from '../transforms/plan-dedupe.js';
export { type Redirection, redirectReferences } from '../transforms/rewrite-references.js';
export type * from './authoring/types.js';
export type { Environment, Format, Outcome } from './commands/command.js';
export { computePlan, type DedupeOptions, dedupe } from './commands/dedupe.js';
export { openSession, type Session } from './commands/session.js';
export { type Checked, checkChange } from './core/check/index.js';
export { Codebase, type PythonUnit } from './core/codebase.js';
export { affectedSymbols, type Comparison, compareModules } from './core/compare.js';
export type { Facts } from './core/facts.js';
export { buildGraph, cyclesOf, type ImportGraph, shortestPath } from './core/graph.js';
export { Layout } from './core/layout.js';
export { Linker, type Value } from './core/linker.js';
export type * from './core/model.js';
export { overlay } from './core/overlay.js';
export type { PairDecision, Plan } from './core/plan.js';
export { planSchema } from './core/plan-schema.js';
export { EXIT, type ExitCode, RegraftError } from './core/problems.js';
export { findUsages, type ModuleUsage, type Usage } from './core/usages.js';
export { openRepository, type Repository } from './io/repository.js';
export { takeSnapshot } from './io/snapshot.js';
export { executeRun, type RunOutcome } from './io/transaction.js';
export { extractFacts } from './python/facts.js';
export { loadParser, type Parser } from './python/parser.js';
