/** The second core: skims the files whose bytes it is sent, and sends back what is to be kept of them. */
import { parentPort, workerData } from 'node:worker_threads';
import { decodePython } from '../core/text.js';
import { encodeSkim } from '../io/skim-records.js';
import { type EngineName, loadParser } from '../python/parser.js';
import { pythonReader } from '../python/reader.js';

/** Files by number, `null` for those that need nothing; the answer has `null` for these and for what cannot be decoded. */
export interface SkimRequest {
  readonly first: number;
  readonly files: readonly (Uint8Array | null)[];
}

export interface SkimAnswer {
  readonly first: number;
  /** As JSON. */
  readonly skims: readonly (string | null)[];
}

export interface SkimWorkerData {
  readonly engine: EngineName | undefined;
  /** Not zero when nothing more is wanted. Shared between threads. */
  readonly stopped: Int32Array;
}

const { engine, stopped } = workerData as SkimWorkerData;
const parser = await loadParser(engine);
const reader = pythonReader((text) => parser.parse(text));

function skimOf(bytes: Uint8Array | null): string | null {
  if (bytes === null || Atomics.load(stopped, 0) !== 0) return null;
  const source = decodePython(bytes);
  if ('undecodable' in source) return null;
  const { text } = source;
  return encodeSkim(reader.skim(text, () => reader.facts(text)));
}

parentPort?.on('message', (request: SkimRequest | null) => {
  if (request === null) return parentPort?.close();
  const { first, files } = request;
  const answer: SkimAnswer = { first, skims: files.map(skimOf) };
  parentPort?.postMessage(answer);
});
