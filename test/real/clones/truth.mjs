/** The report of a pair against what is known of it. */

/** What is not as it must be, in words; empty where the report is exact. */
export function inexact(truth, symbols) {
  const known = new Set([
    ...['same', 'changed', 'onlyKeep', 'onlyRemove', 'mayChange'].flatMap((key) => truth[key] ?? []),
    ...Object.entries(truth.renamed).flat(),
  ]);
  const isOpen = (name) => truth.twice.some((other) => name === other || name.startsWith(`${other}.`));
  const told = (names) => names.filter((name) => known.has(name) && !isOpen(name));
  const renamed = new Map(symbols.renamed.map(({ keep, remove }) => [keep, remove]));
  const olds = new Set(renamed.keys());
  const news = new Set(renamed.values());
  // Seen from another directory, an import may reach something else.
  const moved = symbols.changed.filter(({ what }) => what.join() === 'import').map(({ name }) => name);
  const isMoved = (name) => moved.includes(name);
  const changed = told(symbols.changed.map(({ name }) => name).filter((name) => !isMoved(name))).filter(
    (name) => !truth.mayChange?.includes(name),
  );
  const differences = [
    ...unlike('changed', truth.changed, changed),
    ...unlike(
      'only in the kept one',
      truth.onlyKeep,
      told(symbols.onlyKeep).filter((name) => !olds.has(name)),
    ),
    ...unlike(
      'only in the copy',
      truth.onlyRemove,
      told(symbols.onlyRemove).filter((name) => !news.has(name)),
    ),
    ...unlike(
      'the same',
      truth.same.filter((name) => !isMoved(name)),
      told(symbols.same).filter((name) => !truth.mayChange?.includes(name)),
    ),
  ];
  for (const [keep, remove] of Object.entries(truth.renamed))
    if (!isOpen(keep) && renamed.get(keep) !== remove)
      differences.push(`renamed: ${keep} became ${remove}, told is ${renamed.get(keep)}`);
  for (const [keep, remove] of renamed)
    if (known.has(keep) && !isOpen(keep) && truth.renamed[keep] !== remove)
      differences.push(`renamed: ${keep} never became ${remove}`);
  return differences;
}

function unlike(what, expected, told) {
  const [wanted, got] = [new Set(expected), new Set(told)];
  return [
    ...expected.filter((name) => !got.has(name)).map((name) => `${what}: ${name} is missing`),
    ...told.filter((name) => !wanted.has(name)).map((name) => `${what}: ${name} does not belong there`),
  ];
}
