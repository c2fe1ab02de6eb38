/** What is said of one problem code, and the groups that codes are listed in. */

export interface Explanation {
  /** What is the case when this is reported. */
  readonly means: string;
  /** Why it is refused, or said at all. */
  readonly why: string;
  /** What to do about it; each a sentence or a command with its purpose. */
  readonly todo: readonly string[];
  /** A small case, or what the line looks like. */
  readonly example: string;
}

export interface ExplanationGroup {
  readonly name: string;
  readonly title: string;
  readonly codes: Readonly<Record<string, Explanation>>;
}
