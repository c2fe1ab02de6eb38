/** The `__init__.py` files: the interface of `integration/`, plain packages elsewhere, and the package of broken splits. */

/** `integration/__init__.py`; some of its names come from a duplicate. */
const INTEGRATION_INIT = `"""
Integration of the systems.

What other packages should use is re-exported here.
"""
from .automatic_scaling_system import AutomaticScalingSystem, ScalingPolicy, scaling_system
from .comprehensive_error_recovery import (
    CircuitOpen,
    ComprehensiveErrorRecovery,
    RecoveryExhausted,
)
from .cross_system_analytics import CrossSystemAnalytics, analytics_hub
from .cross_system_analytics_robust import (
    AnalyticsQuery,
    CorrelationResult as SystemCorrelation,
    CrossSystemAnalytics as ResilientAnalytics,
    correlation as correlate_series,
)
from .cross_system_apis import (
    CrossSystemRequest,
    CrossSystemResponse,
    SystemType,
    cross_system_coordinator,
)
from .intelligent_caching_layer import IntelligentCachingLayer, caching_layer
from .workflow_execution_engine import WorkflowExecutionEngine, WorkflowStep

try:
    from .resource_optimization_engine import resource_optimizer
    OPTIMIZATION_AVAILABLE = True
except ImportError:
    resource_optimizer = None
    OPTIMIZATION_AVAILABLE = False

__version__ = "2.4.1"

__all__ = [
    "AnalyticsQuery",
    "AutomaticScalingSystem",
    "CircuitOpen",
    "ComprehensiveErrorRecovery",
    "CrossSystemAnalytics",
    "CrossSystemRequest",
    "CrossSystemResponse",
    "IntelligentCachingLayer",
    "OPTIMIZATION_AVAILABLE",
    "RecoveryExhausted",
    "ResilientAnalytics",
    "ScalingPolicy",
    "SystemCorrelation",
    "SystemType",
    "WorkflowExecutionEngine",
    "WorkflowStep",
    "analytics_hub",
    "caching_layer",
    "correlate_series",
    "cross_system_coordinator",
    "resource_optimizer",
    "scaling_system",
]
`;

const PLAIN: Readonly<Record<string, string>> = {
  orchestration: 'Orchestration of agents and workflows.',
  core: 'Core of the system.',
  'core/intelligence': 'Intelligence services.',
  'core/intelligence/orchestration': 'Orchestration by agents.',
  'core/intelligence/coordination': 'Coordination of workflows.',
  'core/intelligence/analysis': 'Analysis of workflows.',
  deployment: 'Deployment of releases.',
  testmaster: 'The test generator.',
  'testmaster/core': 'Core of the test generator.',
  dashboard: 'The dashboard.',
  'dashboard/api': 'Data behind the pages of the dashboard.',
  tests: 'Tests of the whole repository.',
};

const SPLITS = 'core/intelligence/coordination/unified_workflow_orchestrator_modules';

/** A split that imports what was never written; importing it fails, and nothing does. */
function split(cls: string, doc: string, imports: string, body: string): string {
  return `"""${doc} Split off automatically."""\nimport logging\nfrom typing import Any, Dict, List\n\n${imports}\n\nlogger = logging.getLogger(__name__)\n\n\nclass ${cls}:\n    """${doc}"""\n\n    def __init__(self) -> None:\n        self.entries: Dict[str, Any] = {}\n\n${body.trimEnd()}\n`;
}

const BROKEN: Readonly<Record<string, string>> = {
  '__init__.py': `"""Parts of the unified workflow orchestrator, split off automatically."""\n\n__all__ = ["workflow_metrics", "workflow_runner", "workflow_storage"]\n`,
  'workflow_runner.py': split(
    'SplitWorkflowRunner',
    'Runs the stages of a workflow.',
    'from .workflow_types import StageKind, StageResult\nfrom ..workflow_base import WorkflowBase',
    `    def run(self, stages: List[Any]) -> List["StageResult"]:
        """Run stages in their order."""
        results = []
        for stage in stages:
            kind = StageKind.of(stage)
            results.append(StageResult(stage, kind))
            self.entries[str(stage)] = kind
        return results`,
  ),
  'workflow_storage.py': split(
    'SplitWorkflowStorage',
    'Keeps workflows between runs.',
    'from .storage_backend import StorageBackend\nfrom core.intelligence.persistence.store import open_store',
    `    def save(self, name: str, data: Dict[str, Any]) -> None:
        """Keep one workflow."""
        with open_store(name) as store:
            store.write(StorageBackend.encode(data))
        self.entries[name] = data`,
  ),
  'workflow_metrics.py': split(
    'SplitWorkflowMetrics',
    'Measures workflows.',
    'from .workflow_runner import SplitWorkflowRunner, RunnerStatistics\nfrom integration.workflow_metrics_collector import collector',
    `    def collect(self, runner: "SplitWorkflowRunner") -> Dict[str, float]:
        """What a runner did, in numbers."""
        statistics = RunnerStatistics(runner)
        collector.take(statistics)
        self.entries.update(statistics.as_dict())
        return dict(self.entries)`,
  ),
};

/** Every package file by path. */
export function packageFiles(): Map<string, string> {
  const files = new Map<string, string>([['integration/__init__.py', INTEGRATION_INIT]]);
  for (const [path, doc] of Object.entries(PLAIN)) files.set(`${path}/__init__.py`, `"""${doc}"""\n`);
  for (const [name, text] of Object.entries(BROKEN)) files.set(`${SPLITS}/${name}`, text);
  return files;
}
