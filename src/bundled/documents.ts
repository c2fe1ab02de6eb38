/** Reports, documents and project files; they only mention modules, some with the separators of Windows. */

const REPORT_LINES: Readonly<Record<string, readonly [number, number]>> = {
  automatic_scaling_system: [1092, 1050],
  comprehensive_error_recovery: [1280, 1200],
  cross_system_analytics: [932, 932],
  cross_system_apis: [617, 617],
  intelligent_caching_layer: [1333, 1286],
  predictive_analytics_engine: [1141, 1060],
  realtime_performance_monitoring: [1427, 1301],
  workflow_execution_engine: [990, 990],
};

/** As a program on Windows once wrote it: the ratio of two line counts, called similarity. */
function redundancyReport(): string {
  const pairs = Object.entries(REPORT_LINES).map(([name, [keep, remove]]) => ({
    kept: `integration\\${name}.py`,
    duplicate: `integration\\${name}_robust.py`,
    lines: [keep, remove],
    similarity: `${Math.round((100 * remove) / keep)} %`,
  }));
  return `${JSON.stringify({ tool: 'redundancy-scan', version: 3, pairs }, null, 2)}\n`;
}

const HEALTH_REPORT = `${JSON.stringify(
  {
    modules: {
      'integration/workflow_framework.py': { lines: 742, imports: 1 },
      'integration/distributed_task_queue.py': { lines: 835, imports: 1 },
      'orchestration/unified_orchestrator.py': { lines: 521, imports: 3 },
    },
  },
  null,
  2,
)}\n`;

const PLAN = `# Consolidation plan

Eight modules of \`integration/\` exist twice. First candidates:

- \`integration\\automatic_scaling_system_robust.py\`
- \`integration\\cross_system_apis_robust.py\`
- \`integration/workflow_execution_engine_robust.py\`

Afterwards the workflow modules are merged into \`orchestration/unified_workflow_system.py\`.

| tier | modules |
|---|---|
| analytics | cross_system_analytics, predictive_analytics_engine |
| monitoring | realtime_performance_monitoring, comprehensive_error_recovery |
| system | automatic_scaling_system, intelligent_caching_layer, resource_optimization_engine |
`;

const ARCHITECTURE = `# Architecture

\`integration/\` connects the systems. Everything goes through the coordinator of \`integration/cross_system_apis.py\`:

\`\`\`python
from integration import SystemType, cross_system_coordinator

cross_system_coordinator.announce(SystemType.WORKFLOW, "started")
\`\`\`

Workflows run in \`integration/workflow_execution_engine.py\`; agents are planned by \`orchestration/unified_orchestrator.py\`.
`;

const README = `# TestMaster

Test generation with agents, workflows and what connects them.

    python -m unittest discover -q

runs the tests. \`scripts/health_check.py\` says which modules cannot be imported.
See \`docs/architecture.md\`.
`;

const PYPROJECT = `[project]
name = "testmaster"
version = "2.4.1"
description = "Test generation with agents and workflows"
requires-python = ">=3.8"

[tool.coverage.run]
source = ["integration", "orchestration"]
`;

export const DOCUMENTS: Readonly<Record<string, string>> = {
  'README.md': README,
  'pyproject.toml': PYPROJECT,
  '.gitignore': '__pycache__/\n*.pyc\n',
  'docs/architecture.md': ARCHITECTURE,
  'docs/consolidation_plan.md': PLAN,
  'reports/redundancy_report.json': redundancyReport(),
  'reports/module_health.json': HEALTH_REPORT,
};
