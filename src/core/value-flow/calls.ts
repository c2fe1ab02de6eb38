/**
 * Which functions a call may reach, and which calls may reach a function. What a call spells decides most: variables,
 * imports, classes, names of methods. Functions that are handed about as values are followed, through calls that are
 * decided in that way; any other call may do with them whatever something from outside could.
 */
import { addAll, addTo, CallIndex } from './call-index.js';
import { type Caller, parametersFor } from './callers.js';
import type { Families } from './families.js';
import { type Graph, type Id, isSpecial } from './graph.js';
import type { CallSite, FileFlow, FunctionNode, Node } from './model.js';

/** What a node may hold that can be called. */
interface Callables {
  readonly functions: ReadonlySet<FunctionNode>;
  readonly classes: ReadonlySet<Node>;
  /** Classes of which it may be an object. */
  readonly objects: ReadonlySet<Node>;
  /** Nothing else can be there, but for built-in lists and the like. */
  readonly isAll: boolean;
}

/** Where a thing may be. */
export interface Spread {
  readonly nodes: ReadonlySet<Id>;
  /** Calls of what is outside that it is given to. */
  readonly given: ReadonlySet<CallSite>;
}

/** Thrown when a question would need more steps than an answer is worth. */
export class TooFar extends Error {}

/** These make something of which no method is in the repository. */
const BUILT_IN: ReadonlySet<Node> = new Set(
  [
    'list',
    'dict',
    'set',
    'tuple',
    'str',
    'collections.defaultdict',
    'collections.deque',
    'collections.OrderedDict',
  ].map((name) => `!${name}`),
);

/** Steps for one question. */
const MOST_STEPS = 150_000;

/** Nodes that a thing is followed to where only what is near counts. */
const NEAR = 1_000;

/** What calls spell by themselves. */
class Spelled {
  readonly by = new Map<CallSite, readonly Caller[]>();
  readonly callers = new Map<FunctionNode, Caller[]>();
  readonly made = new Map<CallSite, readonly Node[]>();
}

/** Where things may be, as far as that was asked. */
class Spreads {
  readonly found = new Map<Id, Spread>();
  /** Where it took too many steps to say: how many it takes at least. */
  readonly least = new Map<Id, number>();
}

export class Calls {
  private readonly reached = new Map<CallSite, readonly Caller[]>();
  private readonly reaching = new Map<FunctionNode, readonly Caller[]>();
  private readonly spreads = { inside: new Spreads(), outside: new Spreads() };
  private steps = 0;

  private constructor(
    private readonly graph: Graph,
    private readonly families: Families,
    readonly index: CallIndex,
    private readonly spelled: Spelled,
    /** Nodes after which a thing is not followed further. */
    private readonly farthest: number,
  ) {}

  static of(graph: Graph, families: Families, files: readonly FileFlow[]): Calls {
    const made = new Calls(graph, families, new CallIndex(graph, files), new Spelled(), Number.POSITIVE_INFINITY);
    for (const { calls } of files)
      for (const call of calls)
        for (const caller of made.spelledBy(call)) addTo(made.spelled.callers, caller.to, caller);
    return made;
  }

  /** The same calls, where functions that are handed about are not followed far. */
  nearby(): Calls {
    return new Calls(this.graph, this.families, this.index, this.spelled, NEAR);
  }

  /** A new question. */
  begin(): void {
    this.steps = 0;
  }

  step(): void {
    if (this.isTooFar(0)) throw new TooFar();
  }

  /** After one more step, or where so many are known to be needed. */
  private isTooFar(least: number): boolean {
    return Math.max(++this.steps, least) > MOST_STEPS && this.farthest > NEAR;
  }

  ids(nodes: readonly Node[]): Id[] {
    return nodes.map((node) => this.graph.id(node));
  }

  /** Functions that a call may run. */
  callees(call: CallSite): readonly Caller[] {
    const spelled = this.spelledBy(call);
    if (spelled.length > 0 || this.isOfClass(call) || this.makes(call).length > 0) return spelled;
    let found = this.reached.get(call);
    if (!found) {
      found = this.callersOf(call, this.followed(call.callee));
      this.reached.set(call, found);
    }
    return found;
  }

  /** Classes that a call makes an object of. */
  makes(call: CallSite): readonly Node[] {
    let found = this.spelled.made.get(call);
    if (!found) {
      this.spelled.made.set(call, []);
      found = call.implied ? [] : [...this.held(call.callee).classes];
      this.spelled.made.set(call, found);
    }
    return found;
  }

  /** A call may run something that is not in the repository, or that nothing here follows. */
  isOutside(call: CallSite): boolean {
    if (call.implied) return false;
    if (call.callee.some((node) => node.startsWith('!'))) return true;
    if (call.method !== null) return !this.families.isOwnMethod(call);
    return this.spelledBy(call).length === 0 && this.makes(call).length === 0;
  }

  /** Calls that may run a function. */
  callers(to: FunctionNode): readonly Caller[] {
    let found = this.reaching.get(to);
    if (!found) {
      const shift = to.owner === null ? 0 : 1;
      const known = new Set((this.spelled.callers.get(to) ?? []).map(({ call }) => call));
      const isOther = (call: CallSite) => !known.has(call) && !this.isOfClass(call);
      const others = this.callsOf(this.graph.id(to.node)).filter(isOther);
      found = [
        ...(this.spelled.callers.get(to) ?? []),
        ...others.map((call): Caller => ({ call, to, shift })),
        ...this.byObject(to),
      ];
      this.reaching.set(to, found);
    }
    return found;
  }

  /** Calls of a class or a function by whatever name it goes. */
  callsOf(node: Id): CallSite[] {
    return [...this.spread(node).nodes].flatMap((each) => this.index.byCallee.get(each) ?? []);
  }

  /** Special methods run without being named. */
  private byObject(to: FunctionNode): Caller[] {
    if (to.owner === null || !isSpecial(to.name)) return [];
    const makings = this.families.derived(to.owner).flatMap((made) => this.callsOf(this.graph.id(made)));
    const caller = (call: CallSite): Caller => ({ call, to, shift: 1 });
    if (to.name === '__init__' || to.name === '__new__') return makings.map(caller);
    const objects = makings.flatMap((call) => [...this.spread(this.graph.id(call.result)).nodes]);
    if (to.name === '__call__') return objects.flatMap((node) => (this.index.byCallee.get(node) ?? []).map(caller));
    const implied = objects.flatMap((node) => this.index.byReceiver.get(node) ?? []);
    return implied.filter((call) => call.implied && call.method === to.name).map(caller);
  }

  /** What the call spells, as far as variables and names of attributes lead. */
  private spelledBy(call: CallSite): readonly Caller[] {
    let found = this.spelled.by.get(call);
    if (!found) {
      this.spelled.by.set(call, []);
      found = this.isOfClass(call) ? this.ofClass(call) : this.callersOf(call, this.held(call.callee));
      this.spelled.by.set(call, found);
    }
    return found;
  }

  /** What the call runs is decided by the classes of objects that are known to be there. */
  private isOfClass(call: CallSite): boolean {
    if (call.implied || call.method === null) return call.implied;
    return !this.families.isOwnMethod(call) && (isSpecial(call.method) || this.held(call.receiver).isAll);
  }

  private callersOf(call: CallSite, { functions, classes, objects }: Callables): Caller[] {
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
  private ofClass(call: CallSite): Caller[] {
    const { classes, objects } = this.held(call.receiver);
    const ran = (made: Node, ofClass: boolean) =>
      this.members(made, call.method ?? '').map(
        (to): Caller => ({ call, to, shift: to.owner === null || (ofClass && !to.ofClass) ? 0 : 1 }),
      );
    return [...[...objects].flatMap((made) => ran(made, false)), ...[...classes].flatMap((made) => ran(made, true))];
  }

  private members(made: Node, ...names: readonly string[]): FunctionNode[] {
    return this.families.members(made, names).flatMap((node) => this.index.functions.get(this.graph.id(node)) ?? []);
  }

  /** What variables and attributes hold. */
  private held(nodes: readonly Node[]): Callables {
    const reached = new Set(this.ids(nodes));
    for (const node of reached) addAll(reached, this.graph.sources[node] as Id[]);
    return this.callablesIn(reached);
  }

  /** What comes through calls and parameters as well. */
  private followed(nodes: readonly Node[]): Callables {
    const reached = new Set(this.ids(nodes));
    for (const node of reached) {
      if (reached.size > this.farthest) break;
      this.step();
      addAll(reached, this.graph.sources[node] as Id[]);
      const call = this.index.byResult.get(node);
      for (const { to } of call ? this.spelledBy(call) : []) reached.add(this.graph.id(to.result));
      if (call && call.method === null && this.isOutside(call))
        for (const { values } of call.args) addAll(reached, this.ids(values));
      const of = this.index.parameterOf.get(node);
      for (const caller of (of && this.spelled.callers.get(of)) ?? []) addAll(reached, this.argument(caller, node));
    }
    return this.callablesIn(reached);
  }

  private callablesIn(nodes: ReadonlySet<Id>): Callables {
    const functions = new Set<FunctionNode>();
    const classes = new Set<Node>();
    const objects = new Set<Node>();
    let isAll = true;
    for (const node of nodes) {
      const known = this.index.functions.get(node);
      const made = this.index.classes.get(node);
      const call = this.index.byResult.get(node);
      if (known) functions.add(known);
      if (made !== undefined) classes.add(made);
      if (call) addAll(objects, this.makes(call));
      isAll &&= !this.isOpen(node, call);
    }
    return { functions, classes, objects, isAll };
  }

  /** What is in the node comes from more than its edges show: a parameter, a function's result, an attribute of anything. */
  private isOpen(node: Id, call: CallSite | undefined): boolean {
    if (call) return this.makes(call).length === 0 && !call.callee.every((each) => BUILT_IN.has(each));
    return this.graph.isOutside.has(node) || this.index.parameterOf.has(node) || this.graph.byName.has(node);
  }

  /**
   * Where what is in a node may be as well.
   * @param throughOutside what is outside may give it back: a function in another one, but no list
   */
  spread(start: Id, throughOutside = true): Spread {
    const known = throughOutside ? this.spreads.outside : this.spreads.inside;
    let found = known.found.get(start);
    if (!found) {
      found = this.spreadFrom(start, throughOutside, known.least);
      known.found.set(start, found);
    }
    return found;
  }

  private spreadFrom(start: Id, throughOutside: boolean, least: Map<Id, number>): Spread {
    const nodes = new Set([start]);
    const given = new Set<CallSite>();
    const before = this.steps;
    for (const node of nodes) {
      if (nodes.size > this.farthest) break;
      // Whatever it is in may be in all places that this node's may be in.
      const atLeast = least.get(node) ?? 0;
      if (this.isTooFar(before + atLeast)) {
        least.set(start, Math.max(atLeast, this.steps - before));
        throw new TooFar();
      }
      addAll(nodes, this.graph.targets[node] as Id[]);
      const result = this.index.resultOf.get(node);
      for (const { call } of (result && this.spelled.callers.get(result)) ?? []) nodes.add(this.graph.id(call.result));
      for (const call of this.index.byArgument.get(node) ?? []) this.passed(call, node, nodes, given, throughOutside);
    }
    return { nodes, given };
  }

  private passed(call: CallSite, node: Id, nodes: Set<Id>, given: Set<CallSite>, throughOutside: boolean): void {
    for (const caller of this.spelledBy(call)) {
      for (const argument of call.args)
        if (this.ids(argument.values).includes(node)) addAll(nodes, this.ids(parametersFor(caller, argument)));
    }
    if (!this.isOutside(call)) return;
    given.add(call);
    if (throughOutside) nodes.add(this.graph.id(call.result));
  }

  /** What a call gives to a parameter. */
  argument(caller: Caller, parameter: Id): Id[] {
    const { call, to, shift } = caller;
    const found = call.args.filter((argument) => this.ids(parametersFor(caller, argument)).includes(parameter));
    const isSelf = shift === 1 && to.parameters[0] !== undefined && this.graph.id(to.parameters[0]) === parameter;
    // Only objects with a part from outside hold anything but their attributes.
    const holds = isSelf && to.owner !== null && this.families.isOpen(to.owner);
    return [...found.flatMap(({ values }) => this.ids(values)), ...(holds ? this.ids(call.receiver) : [])];
  }
}
