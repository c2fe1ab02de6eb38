/** The parts of functions, classes and assignments that are compared separately. */
import type { Item } from './literals.js';
import { bareString, digest, docstringOf, meaningful, normalForm } from './normalise.js';
import type { SourceForm } from './source-form.js';
import { childByField, type SyntaxNode, visit } from './syntax.js';

/** Digests of parts; `null` where a symbol has no such part. */
export interface Parts {
  readonly signature: string | null;
  readonly defaults: string | null;
  readonly decorators: string | null;
  readonly bases: string | null;
  readonly body: string;
  readonly docstring: string | null;
}

export const NO_PARTS: Parts = {
  signature: null,
  defaults: null,
  decorators: null,
  bases: null,
  body: '',
  docstring: null,
};

export function functionParts(node: SyntaxNode, decorators: readonly SyntaxNode[], source: SourceForm): Parts {
  const { text } = source;
  const body = childByField(node, 'body');
  const parameters = meaningful(childByField(node, 'parameters') ?? node);
  const isAsync = node.children.some((child) => child.type === 'async');
  const typed = ['type_parameters', 'return_type'].map((field) => childByField(node, field));
  const signature: Item[] = [isAsync ? 'async' : 'def', ...parameters.flatMap(withoutDefault)];
  for (const part of typed) signature.push('->', ...(part ? [part] : []));
  return {
    ...NO_PARTS,
    signature: digest(normalForm(signature, text)),
    defaults: digest(normalForm(defaultsOf(parameters, text), text)),
    decorators: decoratorsDigest(decorators, text),
    body: digest(body ? source.of(body) : []),
    docstring: docstringsDigest(node, text),
  };
}

/** A parameter without its default, whose place is named in the defaults. */
function withoutDefault(parameter: SyntaxNode): Item[] {
  const [name, type] = ['name', 'type'].map((field) => childByField(parameter, field));
  if (parameter.type === 'default_parameter' && name) return ['(parameter', name, ')'];
  if (parameter.type === 'typed_default_parameter' && name && type) return ['(parameter', name, ':', type, ')'];
  return ['(parameter', ...(parameter.type === 'typed_parameter' ? parameter.children : [parameter]), ')'];
}

function defaultsOf(parameters: readonly SyntaxNode[], text: string): Item[] {
  return parameters.flatMap((parameter) => {
    const [name, value] = ['name', 'value'].map((field) => childByField(parameter, field));
    return name && value ? [...normalForm([name], text), '=', value] : [];
  });
}

function decoratorsDigest(decorators: readonly SyntaxNode[], text: string): string | null {
  return decorators.length > 0 ? digest(normalForm(decorators, text)) : null;
}

/** All docstrings of a function, those of functions inside it included. */
function docstringsDigest(node: SyntaxNode, text: string): string | null {
  const found: SyntaxNode[] = [];
  visit(node, (inner) => {
    if (inner.type !== 'function_definition' && inner.type !== 'class_definition') return true;
    const body = childByField(inner, 'body');
    const doc = body ? docstringOf(body, text) : undefined;
    if (doc) found.push(doc);
    return true;
  });
  return found.length > 0 ? digest(found.map((doc) => cleaned(bareString(doc, text) ?? ''))) : null;
}

/** Like `inspect.cleandoc`: indentation is no difference. */
function cleaned(docstring: string): string {
  return docstring
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .trim();
}

/** A class's header; everything in its body is a symbol of its own. */
export function classParts(node: SyntaxNode, decorators: readonly SyntaxNode[], text: string): Parts {
  const body = childByField(node, 'body');
  const [bases, types] = ['superclasses', 'type_parameters'].map((field) => childByField(node, field));
  const doc = body ? docstringOf(body, text) : undefined;
  return {
    ...NO_PARTS,
    decorators: decoratorsDigest(decorators, text),
    bases: digest(normalForm([...(bases ? [bases] : []), ...(types ? [types] : [])], text)),
    docstring: doc ? digest([cleaned(bareString(doc, text) ?? '')]) : null,
  };
}

/** Base classes as written, keywords left out. */
export function baseNamesOf(node: SyntaxNode, text: string): string[] {
  const bases = childByField(node, 'superclasses');
  if (!bases) return [];
  const positional = meaningful(bases).filter((base) => base.type !== 'keyword_argument');
  return positional.map((base) => text.slice(base.start, base.end).replace(/\s+/g, ''));
}

/** What an assignment's value is: the callee of a call, or `{}`, `[]`, `set()` for an empty container. */
export function madeBy(statement: SyntaxNode, text: string): string | null {
  let value = meaningful(statement)[0];
  while (value?.type === 'assignment') value = childByField(value, 'right');
  if (value?.type === 'call') {
    const callee = childByField(value, 'function');
    return callee ? text.slice(callee.start, callee.end).replace(/\s+/g, '') : null;
  }
  if (value && meaningful(value).length === 0 && (value.type === 'dictionary' || value.type === 'list')) {
    return value.type === 'list' ? '[]' : '{}';
  }
  return null;
}
