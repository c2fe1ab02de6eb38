/** Functions and calls of all files with numbers for their nodes: what is asked again and again. */
import type { Families } from './families.js';
import type { Graph, Id } from './graph.js';
import type { CallSite, FileFlow, FunctionNode, Node } from './model.js';

export interface NumberedArgument {
  readonly values: readonly Id[];
  /** Index, keyword, or `null` for `*x` and `**x`. */
  readonly position: number | string | null;
}

/** A {@link CallSite}. */
export interface Call {
  readonly callee: readonly Id[];
  readonly receiver: readonly Id[];
  readonly method: string | null;
  readonly args: readonly NumberedArgument[];
  readonly result: Id;
  readonly implied: boolean;
  /** What is outside the repository among that which is called. */
  readonly outside: readonly string[];
  /** It calls such things and nothing else. */
  readonly isAllOutside: boolean;
  /** The method belongs to the family of classes that the code belongs to. */
  readonly isOwnMethod: boolean;
}

/** A {@link FunctionNode}. */
export interface Code {
  readonly node: Id;
  readonly name: string;
  readonly parameters: readonly Id[];
  readonly byName: ReadonlyMap<string, Id>;
  readonly rest: readonly Id[];
  readonly result: Id;
  readonly owner: Node | null;
  readonly ofClass: boolean;
}

/** What of one file's flow has to do with calls. */
export interface NumberedFile {
  readonly functions: readonly Code[];
  readonly classes: readonly (readonly [Id, Node])[];
  readonly calls: readonly Call[];
}

export function numbered(graph: Graph, families: Families, { functions, classes, calls }: FileFlow): NumberedFile {
  return {
    functions: functions.map((each) => code(graph, each)),
    classes: classes.map(({ node }) => [graph.id(node), node]),
    calls: calls.map((each) => call(graph, families, each)),
  };
}

function code(graph: Graph, each: FunctionNode): Code {
  return {
    ...each,
    node: graph.id(each.node),
    parameters: graph.idsOf(each.parameters),
    byName: new Map([...each.byName].map(([name, node]) => [name, graph.id(node)])),
    rest: graph.idsOf(each.rest),
    result: graph.id(each.result),
  };
}

function call(graph: Graph, families: Families, site: CallSite): Call {
  const { callee, receiver, method, args, result, implied } = site;
  const outside = callee.flatMap((node) => (node.startsWith('!') ? node.slice(1) : []));
  return {
    callee: graph.idsOf(callee),
    receiver: graph.idsOf(receiver),
    method,
    args: args.map(({ values, position }) => ({ values: graph.idsOf(values), position })),
    result: graph.id(result),
    implied,
    outside,
    isAllOutside: outside.length === callee.length,
    isOwnMethod: families.isOwnMethod(site),
  };
}
