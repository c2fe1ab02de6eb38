/** Functions, classes and calls of all files, by the nodes that stand for them. */
import type { Id } from './graph.js';
import { isCutting, isListing } from './known-calls.js';
import type { Node } from './model.js';
import type { Call, Code, NumberedFile } from './numbered.js';

export class CallIndex {
  readonly functions = new Map<Id, Code>();
  /** The function whose parameter a node is. */
  readonly parameterOf = new Map<Id, Code>();
  /** The function whose result a node is. */
  readonly resultOf = new Map<Id, Code>();
  readonly classes = new Map<Id, Node>();
  readonly byResult = new Map<Id, Call>();
  readonly byCallee = new Map<Id, Call[]>();
  readonly byReceiver = new Map<Id, Call[]>();
  readonly byArgument = new Map<Id, Call[]>();

  constructor(files: readonly NumberedFile[]) {
    for (const { functions, classes, calls } of files) {
      for (const each of functions) this.addFunction(each);
      for (const [id, node] of classes) this.classes.set(id, node);
      for (const call of calls) this.addCall(call);
    }
  }

  /** The node is what a listing of a directory gives. */
  listsDirectory(node: Id): boolean {
    const call = this.byResult.get(node);
    return call !== undefined && (isListing(call.method ?? '') || call.outside.some(isListing));
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

  private addFunction(each: Code): void {
    this.functions.set(each.node, each);
    this.resultOf.set(each.result, each);
    for (const node of [...each.parameters, ...each.rest]) this.parameterOf.set(node, each);
  }

  private addCall(call: Call): void {
    this.byResult.set(call.result, call);
    for (const node of call.callee) addTo(this.byCallee, node, call);
    for (const node of call.receiver) addTo(this.byReceiver, node, call);
    for (const { values } of call.args) for (const node of values) addTo(this.byArgument, node, call);
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
