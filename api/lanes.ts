/** Does `body` for every item, `lanes` at once; what it throws is told, and the others go on. */
export async function each<Item>(
  items: readonly Item[],
  lanes: number,
  body: (item: Item) => Promise<void>,
  failed: (error: unknown, item: Item) => void,
): Promise<void> {
  const left = [...items];
  const tried = (item: Item) => body(item).catch((error: unknown) => failed(error, item));
  const lane = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await tried(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
