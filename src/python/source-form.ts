/** The normal form of a whole file, made once: that of a statement or a block is a stretch of it. */
import type { Item } from './literals.js';
import { expand, normalForm } from './normalise.js';
import type { SyntaxNode } from './syntax.js';

/** A stretch of words, by index. */
interface Stretch {
  readonly from: number;
  to: number;
}

export class SourceForm {
  readonly words: readonly string[];
  private readonly stretches = new Map<SyntaxNode, Stretch>();

  constructor(
    readonly root: SyntaxNode,
    readonly text: string,
  ) {
    const words: string[] = [];
    const open: (Item | Stretch)[] = [root];
    for (let item = open.pop(); item !== undefined; item = open.pop()) {
      if (typeof item === 'string') words.push(item);
      else if ('to' in item) item.to = words.length;
      else {
        if (HELD.has(item.type)) open.push(this.begin(item, words.length));
        const items = expand(item, text);
        for (let index = items.length - 1; index >= 0; index--) open.push(items[index] as Item);
      }
    }
    this.words = words;
  }

  /** Normal form of one node. */
  of(node: SyntaxNode): readonly string[] {
    const stretch = this.stretches.get(node);
    return stretch ? this.words.slice(stretch.from, stretch.to) : normalForm([node], this.text);
  }

  private begin(node: SyntaxNode, from: number): Stretch {
    const stretch = { from, to: from };
    this.stretches.set(node, stretch);
    return stretch;
  }
}

/** What an outline asks for. */
const HELD = new Set([
  'block',
  'class_definition',
  'function_definition',
  'assert_statement',
  'delete_statement',
  'expression_statement',
  'for_statement',
  'if_statement',
  'import_from_statement',
  'import_statement',
  'match_statement',
  'try_statement',
  'while_statement',
  'with_statement',
]);
