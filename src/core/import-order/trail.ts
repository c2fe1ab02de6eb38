/** Changes that can be undone: maps are written through here, and a mark is returned to by writing back. */
import type { Value } from './values.js';

type Change = readonly [map: Map<unknown, unknown>, key: unknown, value: unknown];
const ABSENT = Symbol('absent');

/** A namespace. What was made since the last mark needs no undoing: going back, nobody has it any more. */
export class Names extends Map<string, Value> {
  constructor(public born: number) {
    super();
  }
}

export class Trail {
  private readonly changes: Change[] = [];
  /** Another number after each mark and each return. */
  private moment = 0;

  names(): Names {
    return new Names(this.moment);
  }

  put<K, V>(map: Map<K, V>, key: K, value: V): void {
    this.remember(map, key);
    map.set(key, value);
  }

  drop<K, V>(map: Map<K, V>, key: K): void {
    this.remember(map, key);
    map.delete(key);
  }

  private remember<K, V>(map: Map<K, V>, key: K): void {
    if (map instanceof Names && map.born === this.moment) return;
    this.changes.push([map as Map<unknown, unknown>, key, map.has(key) ? map.get(key) : ABSENT]);
  }

  /** How many changes there are to be undone. */
  get length(): number {
    return this.changes.length;
  }

  mark(): number {
    this.moment++;
    return this.changes.length;
  }

  /** Undoes everything since a mark. */
  back(mark: number): void {
    this.moment++;
    this.undo(mark);
  }

  /** Undoes all changes but so many; not those of namespaces that were made after the last mark. */
  undo(mark: number): void {
    while (this.changes.length > mark) {
      const [map, key, value] = this.changes.pop() as Change;
      if (value === ABSENT) map.delete(key);
      else map.set(key, value);
    }
  }
}
