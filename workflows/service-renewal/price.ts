/** Today's price, raised by the contract's escalator, then lowered by the discount: in this order half cents fall as in the price list. */
export const priceAt = (annualPrice: number, escalatorPercent: number, discountPercent: number): number =>
  Math.round(annualPrice * (1 + escalatorPercent / 100) * (1 - discountPercent / 100));

/** What is wrong with a price that was quoted: it is not the one that the rules give, or it rises by more than the cap. */
export function priceFaults(
  quoted: number,
  right: number,
  annualPrice: number,
  { priceTolerance, upliftCapPercent }: { priceTolerance: number; upliftCapPercent: number },
): string[] {
  const differs = Math.abs(quoted - right) > priceTolerance;
  const aboveCap = quoted * 100 > annualPrice * (100 + upliftCapPercent);
  return [...(differs ? ['differs'] : []), ...(aboveCap ? ['above-cap'] : [])];
}
