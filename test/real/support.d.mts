/** Numbers in [0, 1) that depend only on the seed. */
export function randomNumbers(seed: number): () => number;
