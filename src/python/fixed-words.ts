/** Words that mean the same in every function: what is renamed in a copy is never one of these. */

const KEYWORDS =
  'False None True and as assert async await break case class continue def del elif else except finally for from global if import in is lambda match nonlocal not or pass raise return try while with yield';
const CONVENTIONS = 'self cls super';
const BUILT_IN =
  'abs all any bool bytes dict enumerate filter float getattr hasattr hash id int isinstance issubclass iter len list map max min next object open print property range repr reversed round set setattr sorted str sum tuple type vars zip Exception ValueError TypeError KeyError IndexError AttributeError RuntimeError NotImplementedError OSError ImportError StopIteration';

export const FIXED_WORDS: ReadonlySet<string> = new Set(`${KEYWORDS} ${CONVENTIONS} ${BUILT_IN}`.split(' '));
