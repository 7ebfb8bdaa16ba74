/** In milliseconds, after so many tries: twice as long each time. Half of it is by chance, so that what failed together does not come back together. */
export const backOffMs = (tries: number, { firstMs, mostMs }: { firstMs: number; mostMs: number }): number =>
  Math.min(mostMs, firstMs * 2 ** Math.min(tries - 1, 30)) * (0.5 + Math.random() / 2);
