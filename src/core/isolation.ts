/**
 * Which of many operations break a verification, found with few runs: what is known to hold a culprit is halved until one
 * operation is left; what comes through stays. A half that comes through puts the blame on the other half without a run
 * for it. Generalised binary splitting: Hwang, "A Method for Detecting All Defective Members in a Population by Group
 * Testing" (1972), without its guess at how many there are.
 */

/** What came of a trial. */
export interface TrialEnd<T, E> {
  /** What failed together; empty when everything came through. */
  readonly failed: readonly T[];
  /** Why; `null` when nothing failed. */
  readonly evidence: E | null;
  /** What was not reached after the failure. */
  readonly untried: readonly T[];
  /** What could not be tried, for a reason of its own. */
  readonly dropped: readonly T[];
}

export interface Culprit<T, E> {
  readonly operation: T;
  readonly evidence: E;
}

/**
 * A dialogue: yields what to carry out next, and is told what came of it. Returns the culprits in the order of discovery.
 * @param failed operations that have failed together
 * @param open operations of which nothing is known
 * @param most gives up after so many culprits; what is open then stays open
 */
export function* findCulprits<T, E>(
  failed: readonly T[],
  evidence: E,
  open: readonly T[],
  most = Number.POSITIVE_INFINITY,
): Generator<readonly T[], Culprit<T, E>[], TrialEnd<T, E>> {
  const found: Culprit<T, E>[] = [];
  let suspects = failed;
  let proof = evidence;
  let rest = open;
  while (found.length < most) {
    const [only] = suspects;
    if (only !== undefined && suspects.length === 1) {
      found.push({ operation: only, evidence: proof });
      suspects = [];
      continue;
    }
    const half = Math.ceil(suspects.length / 2);
    const [tried, behind] = suspects.length > 0 ? [suspects.slice(0, half), suspects.slice(half)] : [rest, []];
    const others = suspects.length > 0 ? rest : [];
    if (tried.length === 0) return found;
    const end = yield tried;
    if (end.failed.length > 0) {
      suspects = end.failed;
      proof = end.evidence as E;
      rest = [...end.untried, ...behind, ...others];
    } else if (end.dropped.length > 0) {
      // The blame may lie with what was dropped.
      suspects = [];
      rest = [...behind, ...others];
    } else {
      suspects = behind;
      rest = others;
    }
  }
  return found;
}
