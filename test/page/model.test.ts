/** What is visible when packages are open, the imports between it, search and filter; and that the layout overlaps nothing. */
import { describe, expect, it } from 'vitest';
import { islandOf, pageModule } from './support.js';

const { decoded, drawnEdges, firstOpen, matching, searched, standIns } = await pageModule('model');
const { layout } = await pageModule('layout');
const { compared } = await pageModule('tables');

const GRAPH = decoded(
  islandOf(`
    ui.web.view -> core.model
    ui.web.form -> core.model
    ui.shell -> core.text
    core.text -> core.model
    core.model -> ui.shell
    core.model -> ui.web.view typing
    main -> ui.shell
  `),
);
const at = (name: string): number => GRAPH.nodes.findIndex((node: { name: string }) => node.name === name);
const drawn = (open: string[], choice = 'all', kept: boolean[] | null = null): string[] =>
  drawnEdges(GRAPH, standIns(GRAPH, new Set(open.map(at)), kept), choice)
    .map(({ from, to, bad }: Record<string, number>) => {
      const names = [from, to].map((node) => GRAPH.nodes[node as number].name);
      return `${names.join(' -> ')}${bad ? ' !' : ''}`;
    })
    .sort();

describe('the graph', () => {
  it('counts the modules of packages', () => {
    expect(GRAPH.nodes[at('ui')].modules).toBe(3);
    expect(GRAPH.nodes[at('ui.web')].modules).toBe(2);
  });

  it('is seen by packages that are closed', () => {
    expect(drawn([])).toEqual(['core -> ui !', 'main -> ui', 'ui -> core !']);
  });

  it('is seen finer where packages are open, and only what is open all the way up', () => {
    expect(drawn(['core'])).toContain('core.model -> ui !');
    expect(drawn(['ui.web'])).toEqual(drawn([]));
    expect(drawn(['ui', 'ui.web', 'core'])).toContain('ui.web.view -> core.model');
  });

  it('shows only imports at import time, or only those that break the order', () => {
    expect(drawn(['ui', 'core'], 'early')).not.toContain('core.model -> ui.web');
    expect(drawn(['ui', 'core'], 'bad')).toEqual([
      'core.model -> ui.shell !',
      'core.text -> core.model !',
      'ui.shell -> core.text !',
    ]);
  });

  it('opens by itself what most of it is in', () => {
    const opened = (drawing: string) => {
      const found = decoded(islandOf(drawing));
      return [...firstOpen(found)].map((node) => found.nodes[node as number].name);
    };
    expect(opened('pkg.a -> pkg.b')).toEqual(['pkg']);
    expect(opened('pkg.a -> pkg.b\nmain -> pkg.a')).toEqual(['pkg']);
    expect(opened('a.x -> b.x\na.y -> b.y')).toEqual([]);
    expect(opened(Array.from({ length: 50 }, (_, index) => `pkg.m${index} -> pkg.base`).join('\n'))).toEqual([]);
    expect([...firstOpen(GRAPH)]).toEqual([]);
  });

  it('is filtered by words of names, with what the matches lie in', () => {
    const kept = matching(GRAPH, 'WEB view');
    expect(
      GRAPH.nodes.filter((_: unknown, index: number) => kept[index]).map(({ name }: { name: string }) => name),
    ).toEqual(['ui', 'ui.web', 'ui.web.view']);
    expect(matching(GRAPH, '  ')).toBeNull();
  });

  it('is searched, whole names first', () => {
    const names = (text: string) => searched(GRAPH, text, 5).map((node: number) => GRAPH.nodes[node].name);
    expect(names('ui')).toEqual(['ui', 'ui.web', 'ui.shell', 'ui.web.form', 'ui.web.view']);
    expect(names('model')).toEqual(['core.model']);
    expect(names('')).toEqual([]);
  });
});

describe('the layout', () => {
  const open = new Set(['ui', 'ui.web', 'core'].map(at));
  const { boxes, levels } = layout(GRAPH, open, standIns(GRAPH, open, null));
  const box = (name: string) => boxes.get(at(name));

  it('puts importers above what they import', () => {
    expect(box('main').y).toBeLessThan(box('ui').y);
    expect(levels.map(({ level }: { level: number }) => level)).toEqual([2, 1, 0]);
  });

  it('keeps what is in a package inside its box, and boxes apart', () => {
    const inside = (a: any, b: any) =>
      Math.abs(a.x - b.x) + a.width / 2 <= b.width / 2 && Math.abs(a.y - b.y) + a.height / 2 <= b.height / 2;
    expect(inside(box('ui.web.view'), box('ui.web'))).toBe(true);
    expect(inside(box('ui.web'), box('ui'))).toBe(true);
    const apart = (a: any, b: any) =>
      Math.abs(a.x - b.x) >= (a.width + b.width) / 2 || Math.abs(a.y - b.y) >= (a.height + b.height) / 2;
    expect(apart(box('ui'), box('core'))).toBe(true);
    expect(apart(box('ui.web'), box('ui.shell'))).toBe(true);
  });

  it('wraps many of one level into rows', () => {
    const wide = decoded(islandOf(Array.from({ length: 200 }, (_, index) => `m${index}.x -> base.y`).join('\n')));
    const found = layout(wide, new Set(), standIns(wide, new Set(), null)).boxes;
    const right = Math.max(...[...found.values()].map(({ x }: { x: number }) => x));
    expect(new Set([...found.values()].map(({ y }: { y: number }) => y)).size).toBeGreaterThan(5);
    expect(right).toBeLessThan(3000);
  });
});

it('tables compare numbers by their size', () => {
  expect(['1,200', '90', '15'].sort(compared)).toEqual(['15', '90', '1,200']);
  expect(['9.5 %', '100.0 %'].sort(compared)).toEqual(['9.5 %', '100.0 %']);
  expect(['b', 'a'].sort(compared)).toEqual(['a', 'b']);
});
