/** What calls spell by themselves: functions and classes that variables, imports, classes and names of methods lead to. */
import { addAll, addTo, type CallIndex } from './call-index.js';
import { type Caller, parametersFor } from './callers.js';
import type { Families } from './families.js';
import { type Graph, type Id, isSpecial } from './graph.js';
import type { Node } from './model.js';
import type { Call, Code } from './numbered.js';

/** What nodes may hold that can be called. */
export interface Callables {
  readonly functions: ReadonlySet<Code>;
  readonly classes: ReadonlySet<Node>;
  /** Classes of which it may be an object. */
  readonly objects: ReadonlySet<Node>;
}

/** What variables and attributes hold. */
interface Held extends Callables {
  /** Nothing else can be there, but for built-in lists and the like. */
  readonly isAll: boolean;
}

/** These make something of which no method is in the repository. */
const BUILT_IN: ReadonlySet<string> = new Set([
  'list',
  'dict',
  'set',
  'tuple',
  'str',
  'collections.defaultdict',
  'collections.deque',
  'collections.OrderedDict',
]);

export class SpelledCalls {
  private readonly found = new Map<Call, readonly Caller[]>();
  private readonly callers = new Map<Code, Caller[]>();
  private readonly made = new Map<Call, readonly Node[]>();
  private readonly holding = new Map<Id, Held>();
  private readonly outside = new Map<Call, boolean>();
  private readonly onward = { inside: new Map<Id, readonly Id[]>(), outside: new Map<Id, readonly Id[]>() };

  constructor(
    private readonly graph: Graph,
    private readonly families: Families,
    private readonly index: CallIndex,
    calls: Iterable<Call>,
  ) {
    for (const call of calls) for (const caller of this.of(call)) addTo(this.callers, caller.to, caller);
  }

  /** Functions that a call may run, as far as variables and names of attributes lead. */
  of(call: Call): readonly Caller[] {
    let found = this.found.get(call);
    if (!found) {
      found = this.isOfClass(call) ? this.ofClass(call) : this.callersOf(call, this.held(call.callee));
      this.found.set(call, found);
    }
    return found;
  }

  /** Calls that spell a function. */
  callersOfCode(to: Code): readonly Caller[] {
    return this.callers.get(to) ?? [];
  }

  /** What the call runs is decided by the classes of objects that are known to be there. */
  isOfClass(call: Call): boolean {
    if (call.implied || call.method === null) return call.implied;
    return !call.isOwnMethod && (isSpecial(call.method) || this.held(call.receiver).isAll);
  }

  /** Classes that a call makes an object of. */
  makes(call: Call): readonly Node[] {
    let found = this.made.get(call);
    if (!found) {
      found = call.implied ? [] : this.classesOf(this.reach(call.callee));
      this.made.set(call, found);
    }
    return found;
  }

  /** A call may run something that is not in the repository, or that nothing here follows. */
  isOutside(call: Call): boolean {
    let found = this.outside.get(call);
    if (found === undefined) {
      found = this.leadsOutside(call);
      this.outside.set(call, found);
    }
    return found;
  }

  private leadsOutside(call: Call): boolean {
    if (call.implied) return false;
    if (call.outside.length > 0) return true;
    if (call.method !== null) return !call.isOwnMethod;
    return this.of(call).length === 0 && this.makes(call).length === 0;
  }

  callersOf(call: Call, { functions, classes, objects }: Callables): Caller[] {
    const isOfClass = call.method !== null && this.held(call.receiver).classes.size > 0;
    const found = [...functions].flatMap((to): Caller[] => {
      const shifts =
        to.owner === null ? [0 as const] : isOfClass && !to.ofClass ? [0 as const, 1 as const] : [1 as const];
      return shifts.map((shift) => ({ call, to, shift }));
    });
    const makers = [...classes].flatMap((made) => this.members(made, '__init__', '__new__'));
    const called = [...objects].flatMap((made) => this.members(made, '__call__'));
    return [...found, ...[...makers, ...called].map((to): Caller => ({ call, to, shift: 1 }))];
  }

  /** Special methods: of classes that are known to be there, or whose objects are. */
  private ofClass(call: Call): Caller[] {
    const { classes, objects } = this.held(call.receiver);
    const ran = (made: Node, ofClass: boolean) =>
      this.members(made, call.method ?? '').map(
        (to): Caller => ({ call, to, shift: to.owner === null || (ofClass && !to.ofClass) ? 0 : 1 }),
      );
    return [...[...objects].flatMap((made) => ran(made, false)), ...[...classes].flatMap((made) => ran(made, true))];
  }

  private members(made: Node, ...names: readonly string[]): Code[] {
    return this.families.members(made, names).flatMap((node) => this.index.functions.get(this.graph.id(node)) ?? []);
  }

  private held(nodes: readonly Id[]): Held {
    const [first] = nodes;
    return first !== undefined && nodes.length === 1 ? this.heldIn(first) : this.heldBy(this.reach(nodes));
  }

  /** Most nodes have all that they hold from one other, and many have it from the same. */
  private heldIn(start: Id): Held {
    const passed: Id[] = [];
    let node = start;
    for (let next = this.onlySource(node); next !== null && !this.holding.has(node); next = this.onlySource(node)) {
      passed.push(node);
      if (passed.length > LONGEST_CHAIN) break;
      node = next;
    }
    let held = this.holding.get(node);
    if (!held) {
      held = this.heldBy(this.reach([node]));
      this.holding.set(node, held);
    }
    for (const each of passed.reverse()) {
      if (held.isAll && this.isOpen(each)) held = { ...held, isAll: false };
      this.holding.set(each, held);
    }
    return held;
  }

  private onlySource(node: Id): Id | null {
    const { functions, classes, byResult } = this.index;
    const sources = this.graph.sources[node] as Id[];
    const holds = functions.has(node) || classes.has(node) || byResult.has(node);
    return holds || sources.length !== 1 ? null : (sources[0] as Id);
  }

  /** All nodes that what is in some may come from by variables and attributes. */
  private reach(nodes: readonly Id[]): Set<Id> {
    const reached = new Set(nodes);
    for (const node of reached) addAll(reached, this.graph.sources[node] as Id[]);
    return reached;
  }

  callablesIn(nodes: ReadonlySet<Id>): Callables {
    const { functions, byResult } = this.index;
    const objects = new Set<Node>();
    const known = new Set<Code>();
    for (const node of nodes) {
      const code = functions.get(node);
      const call = byResult.get(node);
      if (code) known.add(code);
      if (call) addAll(objects, this.makes(call));
    }
    return { functions: known, classes: new Set(this.classesOf(nodes)), objects };
  }

  private heldBy(nodes: ReadonlySet<Id>): Held {
    return { ...this.callablesIn(nodes), isAll: ![...nodes].some((node) => this.isOpen(node)) };
  }

  private classesOf(nodes: Iterable<Id>): Node[] {
    return [...new Set([...nodes].flatMap((node) => this.index.classes.get(node) ?? []))];
  }

  /** What is in the node comes from more than its edges show: a parameter, a function's result, an attribute of anything. */
  private isOpen(node: Id): boolean {
    const call = this.index.byResult.get(node);
    if (call) return this.makes(call).length === 0 && !(call.isAllOutside && call.outside.every(isBuiltIn));
    return this.graph.isOutside.has(node) || this.index.parameterOf.has(node) || this.graph.byName.has(node);
  }

  /**
   * Where what is in a node may be as well, one step on.
   * @param throughOutside what is outside may give it back
   */
  next(node: Id, throughOutside: boolean): readonly Id[] {
    const known = throughOutside ? this.onward.outside : this.onward.inside;
    let found = known.get(node);
    if (!found) {
      const result = this.index.resultOf.get(node);
      const results = result ? this.callersOfCode(result).map(({ call }) => call.result) : [];
      const passed = (this.index.byArgument.get(node) ?? []).flatMap((call) => this.passed(call, node, throughOutside));
      found = [...new Set([...(this.graph.targets[node] as Id[]), ...results, ...passed])];
      known.set(node, found);
    }
    return found;
  }

  private passed(call: Call, node: Id, throughOutside: boolean): Id[] {
    const given = call.args.filter(({ values }) => values.includes(node));
    const parameters = this.of(call).flatMap((caller) => given.flatMap((each) => parametersFor(caller, each)));
    return throughOutside && this.isOutside(call) ? [...parameters, call.result] : parameters;
  }
}

/** Nodes that hand on what one other holds, in a row. */
const LONGEST_CHAIN = 1_000;

const isBuiltIn = (name: string): boolean => BUILT_IN.has(name);
