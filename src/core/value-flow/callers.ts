/** A call and a function that it may run: which argument becomes which parameter. */
import type { Argument, CallSite, FunctionNode, Node } from './model.js';

/** A call that may reach a function; `shift` is 1 where the object comes before the arguments. */
export interface Caller {
  readonly call: CallSite;
  readonly to: FunctionNode;
  readonly shift: 0 | 1;
}

export function parametersFor({ to, shift }: Caller, { position }: Argument): readonly Node[] {
  const { parameters, byName, rest } = to;
  if (position === null) return [...parameters, ...rest];
  if (typeof position === 'string') return byName.has(position) ? [byName.get(position) as Node] : rest;
  const parameter = parameters[position + shift];
  return parameter === undefined ? rest : [parameter];
}
