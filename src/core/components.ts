/** Strongly connected components by Tarjan's algorithm (1972), with a stack of its own: no graph is too deep. */

interface Visit {
  readonly node: string;
  readonly next: Iterator<string>;
}

/** All components of what can be reached; what a component leads to comes before it. */
export function stronglyConnected(
  starts: Iterable<string>,
  successorsOf: (node: string) => Iterable<string>,
): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const found: string[][] = [];
  const enter = (node: string): Visit => {
    index.set(node, index.size);
    low.set(node, index.get(node) as number);
    open.push(node);
    isOpen.add(node);
    return { node, next: successorsOf(node)[Symbol.iterator]() };
  };
  const lower = (node: string, value: number) => low.set(node, Math.min(low.get(node) as number, value));
  for (const start of starts) {
    const stack = index.has(start) ? [] : [enter(start)];
    for (let visit = stack.at(-1); visit; visit = stack.at(-1)) {
      const step = visit.next.next();
      if (!step.done && !index.has(step.value)) stack.push(enter(step.value));
      else if (!step.done && isOpen.has(step.value)) lower(visit.node, index.get(step.value) as number);
      else if (step.done) {
        stack.pop();
        const parent = stack.at(-1);
        if (parent) lower(parent.node, low.get(visit.node) as number);
        if (low.get(visit.node) === index.get(visit.node)) found.push(close(visit.node, open, isOpen));
      }
    }
  }
  return found;
}

function close(root: string, open: string[], isOpen: Set<string>): string[] {
  const members = open.splice(open.lastIndexOf(root));
  for (const member of members) isOpen.delete(member);
  return members;
}
