/**
 * What becomes of a mention when its module moves: one row per rule, the first that fits decides, the last fits
 * everything. What people read follows the move, what runs follows where it is certain, the past stays.
 */
import type { Decision } from '../src/core/mentions.js';
import {
  couldFeed,
  isAmongModules,
  isCompletedNearby,
  isContinued,
  isDocument,
  isEntryPoint,
  isExpectedProse,
  isGenerated,
  isHandedOn,
  isInModuleList,
  isJsonValue,
  isLoggerName,
  isNotebookOutput,
  isOfVariable,
  isPast,
  isProse,
  isRead,
  isRecipe,
  isTaskName,
  isWord,
  type MentionCase,
  mayBeTaken,
  mayLeadToData,
  namesOwnLogger,
} from './mention-cases.js';
import { isFileName, isNoMember, isPackage } from './mention-dotted.js';
import { importsAnother } from './mention-imports.js';
import { leadsNowhere } from './mention-paths.js';

export interface MoveVerdict {
  readonly decision: 'rewrite' | 'review' | 'leave';
  readonly reason: string;
}

export interface MoveRule {
  readonly decision: MoveVerdict['decision'];
  /** `null`: the reason that the mention was found with. */
  readonly reason: string | null;
  readonly when: (each: MentionCase) => boolean;
}

const isDotted = ({ naming }: MentionCase) => naming.form === 'dotted';
const isPath = ({ naming }: MentionCase) => naming.form === 'path';
const isName = ({ naming }: MentionCase) => naming.form === 'name';
const kind = ({ around }: MentionCase) => around.source.kind;
const was = ({ around }: MentionCase): Decision => around.mention.decision;
const isString = ({ around }: MentionCase) => around.site === 'string';
/** In a string of a script that parses. */
const isScriptText = ({ around }: MentionCase) => around.script?.text?.kind === 'string';
/** Names of JavaScript's own, its imports, keys; what people read follows all the same. */
const isLeftInScript = ({ around }: MentionCase) => {
  const { script, mention, form } = around;
  if (script === null || script.isComment || script.text?.kind === 'markup') return false;
  return script.text === null || (mention.decision === 'leave' && form !== 'name');
};
const isDoubtfulInScript = (c: MentionCase) =>
  c.around.script !== null &&
  was(c) === 'block' &&
  (isName(c) || c.around.script.isPutTogether || c.around.script.text?.kind === 'pattern');
const isSetting = (each: MentionCase) => kind(each) === 'config' || kind(each) === 'build';
const hasOtherNames = ({ context }: MentionCase) => context.hasOtherNames?.(context.target.path) === true;
const isHandler = (c: MentionCase) =>
  isPath(c) &&
  (kind(c) === 'config' || kind(c) === 'data') &&
  c.naming.tail.startsWith('.') &&
  c.naming.replacement?.startsWith('..') === false &&
  !isPackage(c.context.target.path);
const isLost = ({ naming }: MentionCase) => naming.replacement === null;

function row(decision: MoveVerdict['decision'], reason: string | null, when: (each: MentionCase) => boolean): MoveRule {
  return { decision, reason, when };
}

const ANYWHERE: readonly MoveRule[] = [
  row('leave', 'A string annotation or __all__ is rewritten as code.', ({ around }) =>
    ['annotation', 'export'].includes(around.literal?.role ?? ''),
  ),
  row(
    'review',
    'A replacement field stands before this name.',
    ({ around, naming }) =>
      naming.form === 'name' && around.literal?.interpolated === true && /\}[./]$/.test(around.before),
  ),
  row('review', 'Another module hands it on under this name.', (c) => c.around.elsewhere && isName(c) && isHandedOn(c)),
  row(
    'leave',
    'It belongs to the name of something else.',
    ({ around, naming }) => around.elsewhere && (naming.form === 'name' || around.form === 'path'),
  ),
  row('leave', null, isLeftInScript),
  row('review', null, isDoubtfulInScript),
  row('leave', 'A record of the past.', isPast),
  row('leave', 'A recipe names what it changes as it was.', isRecipe),
  row('leave', 'It is generated.', isGenerated),
  row('leave', 'Output of a cell is a record of the past.', isNotebookOutput),
  row(
    'leave',
    'What is written stays right.',
    ({ around, naming }) =>
      naming.replacement === around.source.text.slice(naming.span.start, naming.span.end) && naming.form !== 'name',
  ),
];

const ASKED_OTHERWISE = 'What is imported by this name is asked for names that are called otherwise there.';

const DOTTED: readonly MoveRule[] = [
  row(
    'leave',
    'It is the name of a file, not of the module.',
    (c) => isDotted(c) && isFileName(c.context, c.naming.tail),
  ),
  row('leave', 'An explicit task name is what queues and schedules know it by.', isTaskName),
  row(
    'rewrite',
    'The module names its logger after itself.',
    (c) => isDotted(c) && isLoggerName(c) && !isLost(c) && namesOwnLogger(c),
  ),
  row('leave', 'A logger keeps the name that it is given.', (c) => isDotted(c) && isLoggerName(c)),
  row('leave', 'Its first name is a variable here.', (c) => isDotted(c) && isRead(c) && isOfVariable(c)),
  row('review', 'No dotted name leads to the new place from here.', (c) => isDotted(c) && isLost(c)),
  row('leave', 'It is the name of a document.', (c) => isDotted(c) && isDocument(c)),
  row(
    'review',
    ASKED_OTHERWISE,
    (c) => isDotted(c) && hasOtherNames(c) && c.naming.tail === '' && isString(c) && !isProse(c),
  ),
  row('rewrite', null, (c) => isDotted(c) && was(c) === 'rewrite'),
  row(
    'leave',
    'The module has nothing of that name; it is called so for other reasons.',
    (c) => isDotted(c) && isNoMember(c.context, c.naming.tail),
  ),
  row('review', 'A replacement field may continue this name.', (c) => isDotted(c) && isContinued(c)),
  row('leave', 'It is part of another word.', (c) => isDotted(c) && isRead(c) && !isWord(c)),
  row(
    'review',
    'It is part of another word.',
    (c) => isDotted(c) && (isSetting(c) || isString(c) || isScriptText(c)) && !isWord(c),
  ),
  row(
    'review',
    'A test expects this text; whether it follows the move cannot be told.',
    (c) => isDotted(c) && isExpectedProse(c),
  ),
  row(
    'leave',
    'A data file mentions it; nothing is known to import through it.',
    (c) => isDotted(c) && kind(c) === 'data' && !isJsonValue(c),
  ),
  row('rewrite', 'A data file holds the full name as a value.', (c) => isDotted(c) && kind(c) === 'data'),
  row('rewrite', 'What people read names the module in full.', (c) => isDotted(c) && isRead(c)),
  row('rewrite', 'A setting names the module in full.', (c) => isDotted(c) && kind(c) === 'config'),
  row('rewrite', 'A build file names the module in full.', (c) => isDotted(c) && kind(c) === 'build'),
  row('rewrite', 'JavaScript code names the module in full.', (c) => isDotted(c) && kind(c) === 'script-js'),
  row('rewrite', 'A string names the module in full.', (c) => isDotted(c) && isString(c)),
];

const PATHS: readonly MoveRule[] = [
  row('rewrite', 'A service calls a function of the module by its path.', isHandler),
  row(
    'leave',
    'A JavaScript import resolves to JavaScript files.',
    (c) =>
      isPath(c) && kind(c) === 'script-js' && !c.naming.isFile && was(c) === 'leave' && c.around.site !== 'comment',
  ),
  row(
    'leave',
    'A data file mentions the path; nothing is known to open the file through it.',
    (c) => isPath(c) && kind(c) === 'data',
  ),
  row('leave', 'Nothing there belongs to the package.', (c) => isPath(c) && leadsNowhere(c.context, c.naming)),
  row(
    'leave',
    'Without its extension it may be an address.',
    (c) => isPath(c) && !c.naming.isFile && c.naming.basis === 'prefix' && (isString(c) || kind(c) === 'script-js'),
  ),
  row(
    'leave',
    'It is not said from where this path is meant.',
    (c) => isPath(c) && (isRead(c) || isProse(c)) && (isLost(c) || c.naming.basis === 'unknown'),
  ),
  row(
    'review',
    'It is not known from where this path is meant.',
    (c) => isPath(c) && (isLost(c) || c.naming.basis === 'unknown'),
  ),
  row('rewrite', 'What people read names the file by its path.', (c) => isPath(c) && isRead(c)),
  row(
    'review',
    'Without its extension it may be something else than the module.',
    (c) => isPath(c) && !c.naming.isFile && !isPackage(c.context.target.path),
  ),
  row('rewrite', null, (c) => isPath(c) && was(c) === 'rewrite'),
  row('rewrite', 'A setting names the file by its path.', (c) => isPath(c) && kind(c) === 'config'),
  row('rewrite', 'A build file names the file by its path.', (c) => isPath(c) && kind(c) === 'build'),
  row('rewrite', 'JavaScript code names the file by its path.', (c) => isPath(c) && kind(c) === 'script-js'),
  row('rewrite', 'A string names the file by its path.', (c) => isPath(c) && isString(c)),
];

const NAMES: readonly MoveRule[] = [
  row('review', ASKED_OTHERWISE, (c) => c.naming.form === 'listed' && hasOtherNames(c)),
  row('rewrite', 'A computed import completes this name.', (c) => c.naming.form === 'listed' && !isLost(c)),
  row(
    'review',
    'A computed import completes this name; how it would do so at the new place cannot be told.',
    (c) => c.naming.form === 'listed',
  ),
  row('rewrite', 'A text imports the module by this statement.', (c) => c.naming.form === 'import' && !isLost(c)),
  row(
    'leave',
    'A statement that imports several names, for people to read.',
    (c) => c.naming.form === 'import' && isRead(c) && was(c) !== 'block',
  ),
  row('review', 'The statement imports several names and must be split.', (c) => c.naming.form === 'import'),
  row(
    'leave',
    'The package binds this name to something else.',
    (c) => isName(c) && importsAnother(c.context, c.around),
  ),
  row('leave', 'The import above it goes on binding this name.', (c) => isName(c) && isRead(c) && was(c) === 'block'),
  row('rewrite', 'A setting lists the module.', (c) => isName(c) && isInModuleList(c) && !isLost(c)),
  row(
    'review',
    'The package holds data, and this file reads data by names that it puts together.',
    (c) => isName(c) && isString(c) && couldFeed(c) && mayLeadToData(c),
  ),
  row('review', null, (c) => isName(c) && was(c) === 'block' && isString(c)),
  row('review', null, (c) => isName(c) && was(c) === 'block' && isSetting(c) && !couldFeed(c)),
  row(
    'review',
    'Something in this file makes a path or a module name of it.',
    (c) => isName(c) && (isString(c) || isSetting(c)) && couldFeed(c) && isCompletedNearby(c),
  ),
  row(
    'leave',
    'An entry point of this name leads to the module, and follows it.',
    (c) => isName(c) && isSetting(c) && c.around.whole && isEntryPoint(c),
  ),
  row(
    'review',
    'Other names of this list are modules beside it.',
    (c) => isName(c) && isSetting(c) && c.around.whole && isAmongModules(c),
  ),
  row(
    'review',
    'A computed import may complete this name.',
    (c) => isName(c) && (isString(c) || isSetting(c) || was(c) === 'block') && couldFeed(c) && mayBeTaken(c),
  ),
  row('leave', 'The bare word is not used as a module name or a path here.', () => true),
];

/** All rows, in the order in which they are tried. */
export const MOVE_RULES: readonly MoveRule[] = [...ANYWHERE, ...DOTTED, ...PATHS, ...NAMES];

/** A shim keeps names working, but not what opens or runs the file by its path. */
export function decide(each: MentionCase): MoveVerdict {
  const { decision, reason } = MOVE_RULES.find((rule) => rule.when(each)) as MoveRule;
  if (decision === 'review' && each.context.covered && !isPath(each))
    return { decision: 'leave', reason: 'The old name keeps working: a shim stays.' };
  return { decision, reason: reason ?? each.around.mention.reason };
}
