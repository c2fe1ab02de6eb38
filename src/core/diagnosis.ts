/** The shape of what `regraft doctor` finds. */

export interface Finding {
  readonly what: string;
  /** `stop`: a run would be refused. `care`: it would run, but something is weaker here. */
  readonly state: 'fine' | 'care' | 'stop';
  readonly detail: string;
  /** What to do; `null` when all is well. */
  readonly hint: string | null;
}
