/** Many files are skimmed on two cores: this thread takes them from the front, a worker from the back, until they meet. */
import { Worker } from 'node:worker_threads';
import { decodeSkim } from '../io/skim-records.js';
import type { EngineName } from '../python/parser.js';
import type { Session } from './session.js';
import type { SkimAnswer, SkimRequest, SkimWorkerData } from './skim-worker.js';

/** Files that are sent at once. */
const BATCH = 24;

export class SecondCore {
  private readonly worker: Worker;
  private readonly done: Promise<void>;
  private readonly ended: Promise<void>;
  private readonly stopped = new Int32Array(new SharedArrayBuffer(4));
  /** The worker's are all files from here on. */
  private taken: number;
  private waiting = 0;

  /**
   * @param paths Python files, of which those before `reached` are done
   * @param reached number of the file that the caller takes next
   */
  constructor(
    private readonly session: Pick<Session, 'codebase' | 'snapshot' | 'skims'>,
    private readonly paths: readonly string[],
    private reached: number,
    engine: EngineName | undefined,
  ) {
    this.taken = paths.length;
    const data: SkimWorkerData = { engine, stopped: this.stopped };
    this.worker = new Worker(new URL('./skim-worker.js', import.meta.url), { workerData: data });
    this.ended = new Promise((resolve) => this.worker.on('exit', () => resolve()));
    this.done = new Promise((resolve) => {
      this.worker.on('message', (answer: SkimAnswer) => {
        this.waiting--;
        this.keep(answer);
        this.send();
        if (this.waiting === 0) resolve();
      });
      // What it leaves undone is read where it is asked for.
      this.worker.on('error', () => resolve());
      this.worker.on('exit', () => resolve());
    });
    this.send();
    this.send();
  }

  /** Whether the caller shall take a file: the worker has none from there on. */
  isFree(index: number): boolean {
    this.reached = Math.max(this.reached, index + 1);
    return index < this.taken;
  }

  /** Resolves when the worker has sent what it has. */
  async finish(): Promise<void> {
    if (this.waiting > 0) await this.done;
  }

  /** Lets the worker end after the file that it reads: ended from outside within the native parser it takes the process along. */
  async stop(): Promise<void> {
    Atomics.store(this.stopped, 0, 1);
    this.worker.postMessage(null);
    await this.ended;
  }

  private send(): void {
    const first = Math.max(this.reached, this.taken - BATCH);
    if (first >= this.taken) return;
    const files = this.paths.slice(first, this.taken).map((path) => this.bytesOf(path));
    this.taken = first;
    this.waiting++;
    this.worker.postMessage({ first, files } satisfies SkimRequest);
  }

  private bytesOf(path: string): Uint8Array | null {
    if (isSkimmed(this.session, path)) return null;
    const content = this.session.snapshot.read(path);
    return content instanceof Uint8Array ? content : null;
  }

  private keep({ first, skims }: SkimAnswer): void {
    const { codebase, snapshot, skims: memory } = this.session;
    for (const [offset, text] of skims.entries()) {
      const path = this.paths[first + offset] as string;
      if (text === null) continue;
      memory.set(snapshot.entry(path)?.blob ?? path, decodeSkim(text));
      codebase.release(path);
    }
  }
}

/** Notebooks are read cell by cell, and their skims are not kept. */
export function isSkimmed(
  { codebase, snapshot, skims }: Pick<Session, 'codebase' | 'snapshot' | 'skims'>,
  path: string,
) {
  return codebase.kind(path) === 'notebook' || skims.get(snapshot.entry(path)?.blob ?? path) !== undefined;
}
