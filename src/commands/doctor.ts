/** `regraft doctor`: says what works here, and what would make a run unsafe. Changes nothing. */
import type { Finding } from '../core/diagnosis.js';
import { EXIT } from '../core/problems.js';
import { diagnose } from '../io/diagnosis.js';
import { openRepository } from '../io/repository.js';
import { loadParser } from '../python/parser.js';
import { doctorText } from '../report/doctor.js';
import type { Environment, Outcome } from './command.js';

export async function doctor(environment: Environment): Promise<Outcome> {
  const repository = await openRepository(environment.directory);
  const { engine } = await loadParser(environment.engine);
  const parser: Finding = { what: 'parser', state: 'fine', detail: ENGINES[engine], hint: null };
  const findings = [parser, ...(await diagnose(repository))];
  const isRefused = findings.some(({ state }) => state === 'stop');
  return {
    exitCode: isRefused ? EXIT.refused : EXIT.done,
    data: { findings },
    problems: [],
    output: doctorText(findings, environment.style),
  };
}

const ENGINES = { native: 'tree-sitter, native', wasm: 'tree-sitter, WebAssembly' } as const;
