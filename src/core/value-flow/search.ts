/**
 * Searches the graph backward for strings, and keeps calls apart by their callers: what a function gives back comes from
 * the arguments of that very call (Horwitz, Reps and Binkley, "Interprocedural slicing using dependence graphs", 1990).
 */
import { addAll } from './call-index.js';
import type { Caller } from './callers.js';
import type { Calls } from './calls.js';
import type { Families } from './families.js';
import type { Graph, Id } from './graph.js';
import { changesObject, isPassedOn } from './known-calls.js';
import type { Call, Code } from './numbered.js';

/** What a function's result may come from. */
interface Summary {
  readonly of: Code;
  /** Its own nodes, parameters among them. */
  readonly own: Set<Id>;
  readonly parameters: Set<Id>;
  /** Nodes that belong to no call of it: attributes, variables of modules and of functions around it. */
  readonly shared: Set<Id>;
  /** Calls in it whose results it uses. */
  readonly calls: Caller[];
  /** Functions that use its result. */
  readonly users: Set<Summary>;
}

/** What the nodes themselves do not say. */
export interface Surroundings {
  readonly graph: Graph;
  readonly calls: Calls;
  readonly families: Families;
  /** The function whose code a node belongs to. */
  readonly within: ReadonlyMap<Id, Id>;
  readonly containers: ReadonlySet<Id>;
  readonly joined: ReadonlySet<Id>;
  /** By node: what is put into it. */
  readonly changes: ReadonlyMap<Id, readonly Id[]>;
  /** Where strings of nodes come from, as far as that was asked. */
  readonly known: { readonly sources: Map<Id, readonly Id[]>; readonly given: Map<Id, readonly Id[]> };
}

/** What a value is put together of: by a method, a call, or (`null`) an operator. */
export interface Parts {
  readonly parts: readonly Id[];
  readonly by: string | null;
}

export class Search {
  private readonly summaries = new Map<Code, Summary>();
  private readonly grown: Summary[] = [];

  constructor(private readonly around: Surroundings) {}

  /**
   * Adds all nodes whose strings may be in one of these, nearest first.
   * @throws TooFar with what was found so far among them
   */
  extend(reached: Set<Id>): void {
    const { calls } = this.around;
    const entered = new Set<Code>();
    for (const node of reached) {
      calls.steps.take();
      addAll(reached, this.sources(node));
      const call = calls.index.byResult.get(node);
      for (const caller of call ? calls.callees(call) : []) {
        const summary = this.summaryOf(caller.to);
        for (const parameter of summary.parameters) addAll(reached, calls.argument(caller, parameter));
        this.enter(summary, entered, reached);
      }
      const of = calls.index.parameterOf.get(node);
      if (of) addAll(reached, this.given(of, node));
    }
  }

  /**
   * The nodes from which strings come by the shortest ways, calls not kept apart.
   * @param most how many, those of literals not counted
   */
  nearest(asked: readonly Id[], isLiteral: (node: Id) => boolean, most: number): Set<Id> {
    const { calls } = this.around;
    const reached = new Set(asked);
    let count = 0;
    for (const node of reached) {
      if (!isLiteral(node) && ++count > most) break;
      calls.steps.take();
      addAll(reached, this.sources(node));
      const call = calls.index.byResult.get(node);
      for (const { to } of call ? calls.callees(call) : []) reached.add(to.result);
      const of = calls.index.parameterOf.get(node);
      if (of) addAll(reached, this.given(of, node));
    }
    return reached;
  }

  /** The parts of which a value is made, in their order: of a sum, a formatted string, a call of what is outside; else `null`. */
  partsOf(node: Id): Parts | null {
    const { calls, graph, joined } = this.around;
    const call = calls.index.byResult.get(node);
    if (call) return calls.isOutside(call) ? { parts: this.fromOutside(call), by: call.method ?? 'call' } : null;
    return joined.has(node) ? { parts: graph.sources[node] as Id[], by: null } : null;
  }

  /** Where strings of a node come from, but for functions that are called and calls that give parameters. */
  private sources(node: Id): readonly Id[] {
    const { sources } = this.around.known;
    const found = sources.get(node) ?? this.findSources(node);
    sources.set(node, found);
    return found;
  }

  private findSources(node: Id): Id[] {
    const { graph, calls, containers } = this.around;
    const call = calls.index.byResult.get(node);
    const made = graph.attributes.get(node);
    return [
      ...(graph.sources[node] as Id[]),
      ...(graph.owners[node] as Id[]),
      ...(call ? this.fromOutside(call) : []),
      ...(containers.has(node) ? this.putInto(node) : []),
      ...(made ? this.heldBy(made.name, made.made) : []),
    ];
  }

  /** A call of what is outside may give back whatever it is given. */
  private fromOutside(call: Call): Id[] {
    const { calls, families } = this.around;
    const isOpen = calls.makes(call).some((made) => families.isOpen(made));
    if (!isOpen && !calls.isOutside(call)) return [];
    const given = call.args.filter(({ position }) => isPassedOn(call.outside, call.method, position));
    return [...call.receiver, ...given.flatMap(({ values }) => values)];
  }

  /** What is added to a list or a dictionary under whatever name it goes by. */
  private putInto(container: Id): Id[] {
    const { calls, changes } = this.around;
    return calls
      .spread(container, false)
      .nodes.flatMap((node) => [
        ...(changes.get(node) ?? []),
        ...(calls.index.byReceiver.get(node) ?? []).flatMap((call) => this.added(call)),
      ]);
  }

  private added(call: Call): Id[] {
    const { calls } = this.around;
    if (call.method === null || call.implied || !changesObject(call.method) || !calls.isOutside(call)) return [];
    const given = call.args.filter(({ position }) => isPassedOn([], call.method, position));
    return given.flatMap(({ values }) => values);
  }

  /** Classes without an `__init__` of their own keep what their objects are made with: data classes, named tuples. */
  private heldBy(name: string, made: string): Id[] {
    const { calls, families, graph } = this.around;
    const plain = [...families.related(made)].filter((each) => families.hasFields(each));
    const makings = plain.flatMap((each) => calls.callsOf(graph.id(each)));
    const isHeld = (position: number | string | null) => typeof position !== 'string' || position === name;
    return makings.flatMap(({ args }) =>
      args.filter(({ position }) => isHeld(position)).flatMap(({ values }) => values),
    );
  }

  /** What calls give to a parameter; of a function handed to what is outside, whatever else that is given. */
  private given(to: Code, parameter: Id): readonly Id[] {
    const { given } = this.around.known;
    const found = given.get(parameter) ?? this.findGiven(to, parameter);
    given.set(parameter, found);
    return found;
  }

  private findGiven(to: Code, parameter: Id): Id[] {
    const { calls } = this.around;
    const direct = calls.callers(to).flatMap((caller) => calls.argument(caller, parameter));
    const handed = [...calls.spread(to.node).given].flatMap((call) => [
      ...call.receiver,
      ...call.args.flatMap(({ values }) => values),
    ]);
    return [...direct, ...handed];
  }

  /** Once a function's result is used, what is in it counts, and in what it calls for that. */
  private enter(first: Summary, entered: Set<Code>, reached: Set<Id>): void {
    const open = [first];
    for (let summary = open.pop(); summary; summary = open.pop()) {
      if (entered.has(summary.of)) continue;
      entered.add(summary.of);
      addAll(reached, summary.shared);
      for (const { to } of summary.calls) open.push(this.summaryOf(to));
    }
  }

  private summaryOf(to: Code): Summary {
    const summary = this.entry(to);
    for (let next = this.grown.pop(); next; next = this.grown.pop()) this.grow(next);
    return summary;
  }

  private entry(of: Code): Summary {
    let summary = this.summaries.get(of);
    if (!summary) {
      summary = { of, own: new Set(), parameters: new Set(), shared: new Set(), calls: [], users: new Set() };
      this.summaries.set(of, summary);
      this.walk(summary, new Set([of.result]));
    }
    return summary;
  }

  /** A function that it calls turned out to use more of its arguments. */
  private grow(summary: Summary): void {
    const fresh = new Set<Id>();
    for (const caller of summary.calls)
      for (const parameter of this.entry(caller.to).parameters)
        for (const node of this.around.calls.argument(caller, parameter)) if (!summary.own.has(node)) fresh.add(node);
    if (fresh.size > 0) this.walk(summary, fresh);
  }

  private walk(summary: Summary, nodes: Set<Id>): void {
    const { calls, within } = this.around;
    const { own, parameters, shared, of } = summary;
    const before = parameters.size;
    const self = of.node;
    for (const node of nodes) {
      calls.steps.take();
      if (within.get(node) !== self) {
        shared.add(node);
        continue;
      }
      own.add(node);
      if (calls.index.parameterOf.get(node) === of) parameters.add(node);
      for (const source of this.sources(node)) if (!own.has(source)) nodes.add(source);
      const call = calls.index.byResult.get(node);
      for (const caller of call ? calls.callees(call) : []) {
        summary.calls.push(caller);
        const callee = this.entry(caller.to);
        callee.users.add(summary);
        if (callee.parameters.size > 0) this.grown.push(summary);
      }
    }
    if (parameters.size > before) this.grown.push(...summary.users);
  }
}
