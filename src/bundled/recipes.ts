/** The four phases of the repository's own plan as recipes. */

const SCHEMA = '# yaml-language-server: $schema=../node_modules/regraft/schemas/recipe.schema.json';
const TESTS = 'verify: python3 -m unittest discover -q';

const QUICK_WINS = `${SCHEMA}
# Phase 1, quick wins: the duplicates that can go today.
${TESTS}
phases:
  - name: duplicates whose users get the same code
    dedupe:
      paths:
        - integration/automatic_scaling_system_robust.py
        - integration/comprehensive_error_recovery_robust.py
        - integration/cross_system_analytics_robust.py
        - integration/intelligent_caching_layer_robust.py

  - name: a duplicate that only a script names
    dedupe:
      paths: integration/workflow_execution_engine_robust.py
      # Looked at: the script only copies back what a backup still has.
      accept: path-reference:scripts/restore_integration.py

# Not yet, since something depends on what only they have:
# - integration/cross_system_apis_robust.py has another default
# - integration/predictive_analytics_engine_robust.py is imported by a computed name
# - integration/realtime_performance_monitoring_robust.py has a function more
`;

const WORKFLOW_UNIFICATION = `${SCHEMA}
# Phase 2, workflow unification: one workflow system out of several.
${TESTS}
phases:
  - name: one workflow system
    merge:
      from:
        - integration/workflow_framework.py
        - core/intelligence/coordination/unified_workflow_orchestrator.py
      into: orchestration/unified_workflow_system.py
    verify: python3 scripts/health_check.py
`;

const INTEGRATION_TIERS = `${SCHEMA}
# Phase 3, integration organisation: modules into tiers. Old names keep working.
${TESTS}
phases:
  - name: analytics tier
    move:
      integration/cross_system_analytics.py: integration/analytics/cross_system.py
      integration/predictive_analytics_engine.py: integration/analytics/predictive.py
    shims: true

  - name: monitoring tier
    move:
      integration/realtime_performance_monitoring.py: integration/monitoring/realtime.py
      integration/comprehensive_error_recovery.py: integration/monitoring/error_recovery.py
    shims: true

  - name: system tier
    move:
      integration/automatic_scaling_system.py: integration/system/scaling.py
      integration/intelligent_caching_layer.py: integration/system/caching.py
      integration/resource_optimization_engine.py: integration/system/optimization.py
    shims: true
`;

const INTEGRATION_GROUPS = `${SCHEMA}
# Phase 3 continued: each tier as one module. Follows the tiers.
${TESTS}
phases:
  - name: one analytics module
    merge:
      from: [integration/analytics/cross_system.py, integration/analytics/predictive.py]
      into: integration/unified_analytics_integration.py

  - name: one monitoring module
    merge:
      from: [integration/monitoring/realtime.py, integration/monitoring/error_recovery.py]
      into: integration/unified_monitoring_integration.py

  - name: one system module
    merge:
      from: [integration/system/scaling.py, integration/system/caching.py, integration/system/optimization.py]
      into: integration/unified_system_management.py
`;

const ORCHESTRATION = `${SCHEMA}
# Phase 4, orchestration: its core in one place, workflows in packages of their own.
${TESTS}
phases:
  - name: orchestration core
    move:
      orchestration/unified_orchestrator.py: orchestration/core/unified_orchestrator.py
      core/intelligence/orchestration/workflow_orchestration_engine.py: orchestration/core/workflow_engine.py
      core/intelligence/orchestration/agent_coordinator.py: orchestration/core/coordination_layer.py
    shims: true

  - name: workflow packages
    move:
      testmaster/core/workflow_graph.py: workflows/definitions/graph.py
      integration/distributed_task_queue.py: workflows/execution/task_queue.py
      integration/visual_workflow_designer.py: workflows/designer/visual.py
      core/intelligence/analysis/business_workflow_analyzer.py: workflows/patterns/business.py
    shims: true

# Not yet: integration/workflow_execution_engine.py. The package integration/ imports it at once and it imports from
# integration/, so whoever imported it first from another package would find it half imported.
`;

export const RECIPES: Readonly<Record<string, string>> = {
  'refactoring/1-quick-wins.yaml': QUICK_WINS,
  'refactoring/2-workflow-unification.yaml': WORKFLOW_UNIFICATION,
  'refactoring/3-integration-tiers.yaml': INTEGRATION_TIERS,
  'refactoring/3-integration-groups.yaml': INTEGRATION_GROUPS,
  'refactoring/4-orchestration.yaml': ORCHESTRATION,
};
