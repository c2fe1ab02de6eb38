/**
 * The answers given so far to the operations of one plan, kept until the review ends. They belong to the plan's id; what is
 * damaged or of another version is as good as none, and said to be.
 */
import { join } from 'node:path';
import { parseSteps, type ReviewStep } from '../core/reviewing.js';
import { remove } from './mutations.js';
import { lookAt } from './paths.js';
import { RecordFile, type RecordShape, writeRecords } from './record-file.js';
import { type Repository, stateDirectory } from './repository.js';

/** To be raised with every change to what a step says. Keys are plan ids: 16 hexadecimal digits. */
const SHAPE: RecordShape = { version: 'review 1', width: 8 };

export interface KeptAnswers {
  readonly steps: readonly ReviewStep[];
  /** Something is there that cannot be read. */
  readonly isDamaged: boolean;
}

export class ReviewRecord {
  private readonly path: string;
  private readonly key: Buffer;

  /** @param plan its id */
  constructor(repository: Pick<Repository, 'gitDir'>, plan: string) {
    this.path = join(stateDirectory(repository), `review-${plan}`);
    this.key = Buffer.from(plan, 'hex');
  }

  read(): KeptAnswers {
    const bytes = RecordFile.read(this.path, SHAPE).get(this.key);
    const steps = bytes ? parseSteps(bytes.toString('utf8')) : null;
    return { steps: steps ?? [], isDamaged: steps === null && lookAt(this.path) !== null };
  }

  /** Written with every answer: whatever ends the process, nothing is asked twice. */
  save(steps: readonly ReviewStep[]): void {
    writeRecords(this.path, SHAPE, [[this.key, Buffer.from(JSON.stringify(steps))]]);
  }

  forget(): void {
    if (lookAt(this.path)?.isFile()) remove(this.path);
  }
}
