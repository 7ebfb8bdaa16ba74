/** The value of the first series of a page with this name and all of these labels; 0 where there is none. */
export function valueIn(page: string, name: string, labels: Record<string, string>): number {
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  const found = page
    .split('\n')
    .find((line) => line.startsWith(`${name}{`) && wanted.every((label) => line.includes(label)));
  return Number(found?.split(' ').at(-1) ?? 0);
}
