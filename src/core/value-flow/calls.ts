/**
 * Which functions a call may reach, and which calls may reach a function. What a call spells decides most: variables,
 * imports, classes, names of methods. Functions that are handed about as values are followed, through calls that are
 * decided in that way; any other call may do with them whatever something from outside could.
 */
import { addAll, CallIndex } from './call-index.js';
import { type Caller, parametersFor } from './callers.js';
import type { Families } from './families.js';
import { type Graph, type Id, isSpecial } from './graph.js';
import type { FileFlow, Node } from './model.js';
import { type Call, type Code, numbered } from './numbered.js';
import { SpelledCalls } from './spelled-calls.js';
import { type Spread, Spreads } from './spreads.js';
import { Steps } from './steps.js';

/** Nodes that a thing is followed to where only what is near counts. */
const NEAR = 1_000;

export class Calls {
  readonly steps: Steps;
  private readonly reached = new Map<Call, readonly Caller[]>();
  private readonly reaching = new Map<Code, readonly Caller[]>();
  private readonly spreads: { readonly inside: Spreads; readonly outside: Spreads };

  private constructor(
    private readonly graph: Graph,
    private readonly families: Families,
    readonly index: CallIndex,
    private readonly spelled: SpelledCalls,
    /** Nodes after which a thing is not followed further. */
    private readonly farthest: number,
  ) {
    this.steps = new Steps(farthest > NEAR);
    const spreads = (throughOutside: boolean) => new Spreads(index, spelled, this.steps, throughOutside, farthest);
    this.spreads = { inside: spreads(false), outside: spreads(true) };
  }

  static of(graph: Graph, families: Families, files: readonly FileFlow[]): Calls {
    const all = files.map((file) => numbered(graph, families, file));
    const index = new CallIndex(all);
    const calls = all.flatMap((file) => file.calls);
    return new Calls(graph, families, index, new SpelledCalls(graph, families, index, calls), Number.POSITIVE_INFINITY);
  }

  /** The same calls, where functions that are handed about are not followed far. */
  nearby(): Calls {
    return new Calls(this.graph, this.families, this.index, this.spelled, NEAR);
  }

  /** Functions that a call may run. */
  callees(call: Call): readonly Caller[] {
    const spelled = this.spelled.of(call);
    if (spelled.length > 0 || this.spelled.isOfClass(call) || this.makes(call).length > 0) return spelled;
    let found = this.reached.get(call);
    if (!found) {
      found = this.spelled.callersOf(call, this.spelled.callablesIn(this.followed(call.callee)));
      this.reached.set(call, found);
    }
    return found;
  }

  /** Classes that a call makes an object of. */
  makes(call: Call): readonly Node[] {
    return this.spelled.makes(call);
  }

  /** A call may run something that is not in the repository, or that nothing here follows. */
  isOutside(call: Call): boolean {
    return this.spelled.isOutside(call);
  }

  /** Calls that may run a function. */
  callers(to: Code): readonly Caller[] {
    let found = this.reaching.get(to);
    if (!found) {
      const shift = to.owner === null ? 0 : 1;
      const spelled = this.spelled.callersOfCode(to);
      const known = new Set(spelled.map(({ call }) => call));
      const isOther = (call: Call) => !known.has(call) && !this.spelled.isOfClass(call);
      const others = this.callsOf(to.node).filter(isOther);
      found = [...spelled, ...others.map((call): Caller => ({ call, to, shift })), ...this.byObject(to)];
      this.reaching.set(to, found);
    }
    return found;
  }

  /** Calls of a class or a function by whatever name it goes. */
  callsOf(node: Id): Call[] {
    return this.spread(node).nodes.flatMap((each) => this.index.byCallee.get(each) ?? []);
  }

  /** Special methods run without being named. */
  private byObject(to: Code): Caller[] {
    if (to.owner === null || !isSpecial(to.name)) return [];
    const makings = this.families.derived(to.owner).flatMap((made) => this.callsOf(this.graph.id(made)));
    const caller = (call: Call): Caller => ({ call, to, shift: 1 });
    if (to.name === '__init__' || to.name === '__new__') return makings.map(caller);
    const objects = makings.flatMap((call) => this.spread(call.result).nodes);
    if (to.name === '__call__') return objects.flatMap((node) => (this.index.byCallee.get(node) ?? []).map(caller));
    const implied = objects.flatMap((node) => this.index.byReceiver.get(node) ?? []);
    return implied.filter((call) => call.implied && call.method === to.name).map(caller);
  }

  /** What comes through calls and parameters as well. */
  private followed(nodes: readonly Id[]): Set<Id> {
    const { graph, index, spelled } = this;
    const reached = new Set(nodes);
    for (const node of reached) {
      if (reached.size > this.farthest) break;
      this.steps.take();
      addAll(reached, graph.sources[node] as Id[]);
      const call = index.byResult.get(node);
      for (const { to } of call ? spelled.of(call) : []) reached.add(to.result);
      if (call && call.method === null && this.isOutside(call))
        for (const { values } of call.args) addAll(reached, values);
      const of = index.parameterOf.get(node);
      for (const caller of of ? spelled.callersOfCode(of) : []) addAll(reached, this.argument(caller, node));
    }
    return reached;
  }

  /**
   * Where what is in a node may be as well.
   * @param throughOutside what is outside may give it back: a function in another one, but no list
   */
  spread(start: Id, throughOutside = true): Spread {
    return (throughOutside ? this.spreads.outside : this.spreads.inside).of(start);
  }

  /** What a call gives to a parameter. */
  argument(caller: Caller, parameter: Id): Id[] {
    const { call, to, shift } = caller;
    const found = call.args.filter((argument) => parametersFor(caller, argument).includes(parameter));
    const isSelf = shift === 1 && to.parameters[0] === parameter;
    // Only objects with a part from outside hold anything but their attributes.
    const holds = isSelf && to.owner !== null && this.families.isOpen(to.owner);
    return [...found.flatMap(({ values }) => values), ...(holds ? call.receiver : [])];
  }
}
