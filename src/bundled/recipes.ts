/** The four phases of the repository's own plan as recipes: each by itself, and all of them in one. */

const SCHEMA = '# yaml-language-server: $schema=../node_modules/regraft/schemas/recipe.schema.json';
const TESTS = 'verify: python3 -m unittest discover -q';

const QUICK_WINS = `# Phase 1, quick wins: no module of integration/ stands there twice.
  - name: "quick wins: copies whose users get the same code"
    dedupe:
      paths:
        - integration/automatic_scaling_system_robust.py
        - integration/comprehensive_error_recovery_robust.py
        - integration/cross_system_analytics_robust.py
        - integration/intelligent_caching_layer_robust.py

  - name: "quick wins: a copy that only a script names"
    dedupe:
      paths: integration/workflow_execution_engine_robust.py
      # Looked at: the script only copies back what a backup still has.
      accept: path-reference:scripts/restore_integration.py

  # The others are more than copies, and become part of the module that they were copied from. Of what exists twice the
  # kept module's stays: regraft compare finds nothing in the copies' classes that those of the kept modules lack. Their
  # enumerations are named as well, since members of two classes are never equal and those of one are: nothing here mixes them.
  - name: "quick wins: a copy with a function more"
    merge:
      from:
        - integration/realtime_performance_monitoring.py
        - integration/realtime_performance_monitoring_robust.py # has replay_metric_window, which a deployment uses
      into: integration/realtime_performance_monitoring.py
      keep:
        - integration/realtime_performance_monitoring.py:RealtimePerformanceMonitoring
        - integration/realtime_performance_monitoring.py:performance_monitor
        - integration/realtime_performance_monitoring.py:AlertState

  - name: "quick wins: a copy that is imported by a computed name"
    merge:
      from:
        - integration/predictive_analytics_engine.py
        - integration/predictive_analytics_engine_robust.py # scripts/health_check.py lists it, and follows
      into: integration/predictive_analytics_engine.py
      keep:
        - integration/predictive_analytics_engine.py:PredictiveAnalyticsEngine
        - integration/predictive_analytics_engine.py:prediction_engine
        - integration/predictive_analytics_engine.py:ModelState

  - name: "quick wins: a copy that does two things otherwise"
    merge:
      from:
        - integration/cross_system_apis.py
        - integration/cross_system_apis_robust.py # another default, another spelling of endpoints
      into: integration/cross_system_apis.py
      # cross_system_communication relies on both, and goes on using them, under names that say what is different.
      rename:
        - integration/cross_system_apis_robust.py:estimate_transfer_window=estimate_short_transfer_window
        - integration/cross_system_apis_robust.py:normalise_endpoint=normalise_dashed_endpoint
      # Nobody uses the copy's coordinator.
      keep:
        - integration/cross_system_apis.py:CrossSystemCoordinator
        - integration/cross_system_apis.py:cross_system_coordinator
        - integration/cross_system_apis.py:EndpointState
        - integration/cross_system_apis.py:SystemType
`;

const WORKFLOW_UNIFICATION = `# Phase 2, workflow unification: one workflow system out of three.
  # The workflow engine imports the coordinator, and integration/ imports the workflow engine at once. While the
  # coordinator lies in integration/, whoever imports the merged system first finds it half imported (import-order).
  - name: "workflows: what integration/ and the system both stand on"
    move:
      integration/cross_system_apis.py: core/cross_system_apis.py
    shims: true

  # Not among them: what uses a workflow system (designer, dashboard, graph, analyser), and the workflow_orchestration_engine,
  # which phase 4 moves. The package of broken splits beside the orchestrator stays too: its __all__ lists its modules,
  # so it goes by hand, as a whole.
  - name: "workflows: one system"
    merge:
      from:
        - integration/workflow_execution_engine.py
        - integration/workflow_framework.py
        - core/intelligence/coordination/unified_workflow_orchestrator.py
      into: orchestration/unified_workflow_system.py
      # Each has its own LIMITS and limit_for; those of the engine keep their names, the others get longer ones.
      conflicts: rename
    shims: true
    verify: python3 scripts/health_check.py
`;

const INTEGRATION_TIERS = `# Phase 3, integration organisation: modules into tiers. Old names keep working.
  - name: "tiers: analytics"
    move:
      integration/cross_system_analytics.py: integration/analytics/cross_system.py
      integration/predictive_analytics_engine.py: integration/analytics/predictive.py
    shims: true

  - name: "tiers: monitoring"
    move:
      integration/realtime_performance_monitoring.py: integration/monitoring/realtime.py
      integration/comprehensive_error_recovery.py: integration/monitoring/error_recovery.py
    shims: true

  - name: "tiers: system"
    move:
      integration/automatic_scaling_system.py: integration/system/scaling.py
      integration/intelligent_caching_layer.py: integration/system/caching.py
      integration/resource_optimization_engine.py: integration/system/optimization.py
    shims: true
`;

const INTEGRATION_GROUPS = `# Phase 3, the other way: each tier as one module. Follows the tiers; names of the tiers keep working.
  # Each module has its own LIMITS and limit_for; those of the first keep their names. Nothing of the modules is lost, so the
  # shims make it more lines, until regraft retire deletes those that nothing uses any more.
  - name: "groups: one analytics module"
    merge:
      from: [integration/analytics/cross_system.py, integration/analytics/predictive.py]
      into: integration/unified_analytics_integration.py
      conflicts: rename
    shims: true

  - name: "groups: one monitoring module"
    merge:
      from: [integration/monitoring/realtime.py, integration/monitoring/error_recovery.py]
      into: integration/unified_monitoring_integration.py
      conflicts: rename
    shims: true

  - name: "groups: one system module"
    merge:
      from: [integration/system/scaling.py, integration/system/caching.py, integration/system/optimization.py]
      into: integration/unified_system_management.py
      conflicts: rename
    shims: true
`;

const ORCHESTRATION = `# Phase 4, orchestration: its core in one place, workflows in packages of their own.
  - name: "orchestration: its core"
    move:
      orchestration/unified_orchestrator.py: orchestration/core/unified_orchestrator.py
      core/intelligence/orchestration/workflow_orchestration_engine.py: orchestration/core/workflow_engine.py
      core/intelligence/orchestration/agent_coordinator.py: orchestration/core/coordination_layer.py
    shims: true

  - name: "orchestration: workflow packages"
    move:
      testmaster/core/workflow_graph.py: workflows/definitions/graph.py
      integration/distributed_task_queue.py: workflows/execution/task_queue.py
      integration/visual_workflow_designer.py: workflows/designer/visual.py
      core/intelligence/analysis/business_workflow_analyzer.py: workflows/patterns/business.py
    shims: true
`;

function recipe(...phases: readonly string[]): string {
  return `${SCHEMA}\n${TESTS}\nphases:\n${phases.map((each) => `  ${each}`).join('\n')}`;
}

/** By path; the numbered ones run one after the other come to the same as the one of all phases. */
export const RECIPES: Readonly<Record<string, string>> = {
  'refactoring/1-quick-wins.yaml': recipe(QUICK_WINS),
  'refactoring/2-workflow-unification.yaml': recipe(WORKFLOW_UNIFICATION),
  'refactoring/3-integration-tiers.yaml': recipe(INTEGRATION_TIERS),
  'refactoring/3-integration-groups.yaml': recipe(INTEGRATION_GROUPS),
  'refactoring/4-orchestration.yaml': recipe(ORCHESTRATION),
  'refactoring/all-phases.yaml': recipe(QUICK_WINS, WORKFLOW_UNIFICATION, INTEGRATION_TIERS, ORCHESTRATION),
};
