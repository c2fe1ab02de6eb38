/** A call and a function that it may run: which argument becomes which parameter. */
import type { Id } from './graph.js';
import type { Call, Code, NumberedArgument } from './numbered.js';

/** A call that may reach a function; `shift` is 1 where the object comes before the arguments. */
export interface Caller {
  readonly call: Call;
  readonly to: Code;
  readonly shift: 0 | 1;
}

export function parametersFor({ to, shift }: Caller, { position }: NumberedArgument): readonly Id[] {
  const { parameters, byName, rest } = to;
  if (position === null) return [...parameters, ...rest];
  if (typeof position === 'string') return byName.has(position) ? [byName.get(position) as Id] : rest;
  const parameter = parameters[position + shift];
  return parameter === undefined ? rest : [parameter];
}
