/** The dialogue of `--review`, answered from a script; a question too many fails. */
import { describe, expect, it } from 'vitest';
import { asker, type Reviewed, reviewHits } from '../../src/commands/review.js';
import { parseAcceptances } from '../../src/core/accept.js';
import type { TextualHit } from '../../src/core/plan.js';

function hit(line: number, more: Partial<TextualHit> = {}): TextualHit {
  return {
    path: 'a.py',
    line,
    column: 6,
    text: "X = 'pkg.old'",
    written: 'pkg.old',
    replacement: 'pkg.new',
    decision: 'review',
    reason: 'It may be.',
    class: 'string',
    code: 'string-reference',
    ...more,
  };
}

async function talk(hits: readonly TextualHit[], answers: readonly string[]): Promise<Reviewed & { asked: string[] }> {
  const asked: string[] = [];
  const reviewed = await reviewHits(hits, async (question) => {
    const answer = answers[asked.length];
    asked.push(question);
    if (answer === undefined) throw new Error(`no answer is left for:\n${question}`);
    return answer;
  });
  expect(asked).toHaveLength(answers.length);
  return { ...reviewed, asked };
}

const outcome = async (hits: readonly TextualHit[], answers: readonly string[]) => {
  const { accept, rewrite, undecided } = await talk(hits, answers);
  return { accept, rewrite, undecided };
};

const THREE = [hit(1), hit(2), hit(3)];

describe('a question', () => {
  it('shows the place, the line with a caret, the replacement and the reason', async () => {
    const { asked } = await talk([hit(7)], ['q']);
    expect(asked[0]).toBe(
      [
        '(1/1) a.py:7',
        "    X = 'pkg.old'",
        '         ^^^^^^^',
        '  pkg.old -> pkg.new',
        '  It may be.',
        'rewrite? [y,n,a,e,u,q,?] ',
      ].join('\n'),
    );
  });

  it('marks each name of a line once', async () => {
    const text = 'pkg.old and pkg.old';
    const two = [hit(1, { text, column: 1 }), hit(1, { text, column: 13, replacement: 'lib.new' })];
    const { asked } = await talk(two, ['q']);
    expect(asked[0]).toContain(`    ${text}\n    ^^^^^^^     ^^^^^^^\n  pkg.old -> pkg.new\n  pkg.old -> lib.new\n`);
  });

  it('spells out what would move the cursor', async () => {
    const { asked } = await talk([hit(1, { text: 'a\u001b[2J pkg.old' })], ['q']);
    expect(asked[0]).toContain('a\\x1b[2J pkg.old\n             ^^^^^^^\n');
  });

  it('is asked only about what is to be reviewed', async () => {
    const decided = [hit(1, { decision: 'rewrite' }), hit(2, { decision: 'leave' })];
    expect(await outcome(decided, [])).toEqual({ accept: [], rewrite: [], undecided: 0 });
  });
});

describe('answers', () => {
  it('y rewrites, n leaves', async () => {
    expect(await outcome(THREE, ['y', 'n', 'y'])).toEqual({
      accept: ['string-reference:a.py:2'],
      rewrite: ['a.py:1', 'a.py:3'],
      undecided: 0,
    });
  });

  it('n gives what --accept takes, also without a code of its own', async () => {
    const { accept } = await outcome([hit(1, { code: null }), hit(2, { code: 'config-reference' })], ['n', 'n']);
    expect(accept).toEqual(['string-reference:a.py:1', 'config-reference:a.py:2']);
    expect(parseAcceptances(accept).problems).toEqual([]);
  });

  it('a rewrites all the rest, but not what was answered before', async () => {
    expect(await outcome(THREE, ['n', 'a'])).toEqual({
      accept: ['string-reference:a.py:1'],
      rewrite: ['a.py:2', 'a.py:3'],
      undecided: 0,
    });
  });

  it('a still asks where nothing is known to write', async () => {
    const hits = [hit(1), hit(2, { replacement: null }), hit(3)];
    expect(await outcome(hits, ['a', 'n'])).toEqual({
      accept: ['string-reference:a.py:2'],
      rewrite: ['a.py:1', 'a.py:3'],
      undecided: 0,
    });
  });

  it('q leaves the rest undecided', async () => {
    expect(await outcome(THREE, ['y', 'q'])).toEqual({ accept: [], rewrite: ['a.py:1'], undecided: 2 });
  });

  it('e writes another replacement; nothing goes back', async () => {
    expect(await outcome([hit(1)], ['e', '', 'e', ' lib.other '])).toEqual({
      accept: [],
      rewrite: ['a.py:1=lib.other'],
      undecided: 0,
    });
  });

  it('u takes back the last answer, a as one', async () => {
    expect(await outcome(THREE, ['n', 'u', 'y', 'a'])).toMatchObject({
      accept: [],
      rewrite: ['a.py:1', 'a.py:2', 'a.py:3'],
    });
    const lost = [hit(1), hit(2), hit(3, { replacement: null })];
    expect(await outcome(lost, ['a', 'u', 'n', 'n', 'n'])).toMatchObject({ rewrite: [], undecided: 0 });
    const { asked } = await talk(THREE, ['u', 'q']);
    expect(asked[1]).toContain('nothing to undo yet');
  });

  it('y is no answer where nothing is known to write', async () => {
    const { asked, undecided } = await talk([hit(1, { replacement: null })], ['y', 'q']);
    expect(asked[0]).toContain('[n,e,u,q,?]');
    expect(asked[1]).toContain('e to write it yourself');
    expect(undecided).toBe(1);
  });

  it('? explains, anything else points to it', async () => {
    const { asked } = await talk([hit(1)], ['?', 'yes', 'q']);
    expect(asked[1]).toContain('take the last answer back');
    expect(asked[2]).toContain("'yes' is no answer");
    expect(asked[1]).not.toContain('is no answer');
  });

  it('two names on a line share an answer and cannot be edited', async () => {
    const two = [hit(1), hit(1, { code: 'path-reference' }), hit(2)];
    const { asked, accept } = await talk(two, ['e', 'n', 'n']);
    expect(asked[1]).toContain('several names');
    expect(accept).toEqual(['string-reference:a.py:1', 'path-reference:a.py:1', 'string-reference:a.py:2']);
  });
});

describe('without a terminal', () => {
  it('is a usage error that says what to do instead', () => {
    expect(() => asker({})).toThrow(
      expect.objectContaining({ problems: [expect.objectContaining({ code: 'usage' })] }),
    );
  });

  it('asks the one who is there', async () => {
    expect(await asker({ ask: async (question) => `${question}!` })('x')).toBe('x!');
  });
});
