/** The interval that holds the true share with 95 % confidence (Wilson's score interval); 0 to 1 where nothing was seen. */
export function wilson(successes: number, count: number, z = 1.959963984540054): { low: number; high: number } {
  if (count === 0) return { low: 0, high: 1 };
  const [share, square] = [successes / count, z * z];
  const centre = share + square / (2 * count);
  const spread = z * Math.sqrt((share * (1 - share)) / count + square / (4 * count * count));
  const scale = 1 + square / count;
  const bounded = (value: number) => Math.min(1, Math.max(0, value));
  return { low: bounded((centre - spread) / scale), high: bounded((centre + spread) / scale) };
}
