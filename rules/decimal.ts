/** Exact decimals, from text: whether a price is within its tolerance must not depend on binary fractions. */
export interface Decimal {
  units: bigint;
  scale: number;
}

export function decimal(text: string | number): Decimal {
  const [whole = '0', fraction = ''] = String(text).split('.');
  return { units: BigInt(whole + fraction), scale: fraction.length };
}

export const times = (a: Decimal, b: Decimal): Decimal => ({ units: a.units * b.units, scale: a.scale + b.scale });
export const minus = (a: Decimal, b: Decimal): Decimal => {
  const scale = Math.max(a.scale, b.scale);
  return { units: at(a, scale) - at(b, scale), scale };
};
export const plus = (a: Decimal, b: Decimal): Decimal => minus(a, { ...b, units: -b.units });
export const sum = (all: Decimal[]): Decimal => all.reduce(plus, decimal('0'));
export const isAbove = (a: Decimal, b: Decimal): boolean => minus(a, b).units > 0n;
export const isEqual = (a: Decimal, b: Decimal): boolean => minus(a, b).units === 0n;

/** `a / b` with so many decimals, as a whole number of the last one; halves rounded up. */
export function rounded(a: Decimal, b: Decimal, decimals: number): number {
  const scale = Math.max(a.scale, b.scale);
  const over = at(b, scale);
  return Number(floor(2n * 10n ** BigInt(decimals) * at(a, scale) + over, 2n * over));
}

/** So many percent of a whole amount, as a whole amount. */
export const percentOf = (amount: number, percent: string): number =>
  rounded(times(decimal(amount), decimal(percent)), decimal('100'), 0);

/** The text of a decimal with the other sign, all else as it is written. */
export const negated = (text: string): string =>
  decimal(text).units === 0n ? text : text.startsWith('-') ? text.slice(1) : `-${text}`;

/** As people write it. */
export function shown({ units, scale }: Decimal): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const fraction = scale > 0 ? digits.slice(-scale).replace(/0+$/, '') : '';
  return `${units < 0n ? '-' : ''}${digits.slice(0, digits.length - scale)}${fraction ? `.${fraction}` : ''}`;
}

const at = ({ units, scale }: Decimal, wanted: number): bigint => units * 10n ** BigInt(wanted - scale);

/** `by` above zero. */
function floor(value: bigint, by: bigint): bigint {
  const whole = value / by;
  return value % by < 0n ? whole - 1n : whole;
}
