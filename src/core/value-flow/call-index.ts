/** Functions, classes and calls of all files, by the nodes that stand for them. */
import type { Graph, Id } from './graph.js';
import { isCutting, isListing } from './known-calls.js';
import type { CallSite, FileFlow, FunctionNode, Node } from './model.js';

export class CallIndex {
  readonly functions = new Map<Id, FunctionNode>();
  /** The function whose parameter a node is. */
  readonly parameterOf = new Map<Id, FunctionNode>();
  /** The function whose result a node is. */
  readonly resultOf = new Map<Id, FunctionNode>();
  readonly classes = new Map<Id, Node>();
  readonly byResult = new Map<Id, CallSite>();
  readonly byCallee = new Map<Id, CallSite[]>();
  readonly byReceiver = new Map<Id, CallSite[]>();
  readonly byArgument = new Map<Id, CallSite[]>();

  constructor(
    private readonly graph: Graph,
    files: readonly FileFlow[],
  ) {
    for (const { functions, classes, calls } of files) {
      for (const each of functions) this.addFunction(each);
      for (const { node } of classes) this.classes.set(graph.id(node), node);
      for (const call of calls) this.addCall(call);
    }
  }

  /** The node is what a listing of a directory gives. */
  listsDirectory(node: Id): boolean {
    const call = this.byResult.get(node);
    if (!call) return false;
    return isListing(call.method ?? '') || call.callee.some((each) => each.startsWith('!') && isListing(each.slice(1)));
  }

  /** The node is a part of what is in another. */
  cuts(node: Id): boolean {
    return isCutting(this.byResult.get(node)?.method ?? '');
  }

  /** A call or a function has to do with what is in the node. */
  takes(node: Id): boolean {
    const { byArgument, byReceiver, byCallee, resultOf, parameterOf } = this;
    return [byArgument, byReceiver, byCallee, resultOf, parameterOf].some((known) => known.has(node));
  }

  private addFunction(each: FunctionNode): void {
    const { graph } = this;
    this.functions.set(graph.id(each.node), each);
    this.resultOf.set(graph.id(each.result), each);
    for (const node of [...each.parameters, ...each.rest]) this.parameterOf.set(graph.id(node), each);
  }

  private addCall(call: CallSite): void {
    const { graph } = this;
    this.byResult.set(graph.id(call.result), call);
    for (const node of call.callee) addTo(this.byCallee, graph.id(node), call);
    for (const node of call.receiver) addTo(this.byReceiver, graph.id(node), call);
    for (const { values } of call.args) for (const node of values) addTo(this.byArgument, graph.id(node), call);
  }
}

export function addTo<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

export function addAll<T>(set: Set<T>, more: Iterable<T>): void {
  for (const each of more) set.add(each);
}
