import { wilson } from './wilson.ts';

/** An answer of a model: how sure it was, and whether whoever looked at it left it as it was. */
export interface Judged {
  confidence: number;
  agreed: boolean;
}

/** One point of the reliability curve: answers whose confidence lies in [from, to), the last up to 1. */
export interface Point {
  from: number;
  to: number;
  count: number;
  confidence: number;
  agreed: number;
  low: number;
  high: number;
}

export interface Calibration {
  count: number;
  curve: Point[];
  /** Expected calibration error: how far confidence and agreement are apart, weighted by how many answers there are. */
  error: number;
  /** The lowest confidence from which on `wantedAgreement` surely holds; null where none does. */
  proposed: number | null;
}

/** What share of the answers that go by a proposed threshold must be right, at the lower end of its interval. */
export const wantedAgreement = 0.9;
const bins = 10;

export function calibration(judged: readonly Judged[]): Calibration {
  const count = judged.length;
  const curve = Array.from({ length: bins }, (_, n) => pointOf(n, judged)).filter((point) => point.count > 0);
  const apart = curve.reduce((sum, one) => sum + one.count * Math.abs(one.agreed - one.confidence), 0);
  return { count, curve, error: count === 0 ? 0 : apart / count, proposed: proposedFor(judged) };
}

const binOf = (confidence: number): number => Math.min(bins - 1, Math.floor(confidence * bins + 1e-9));
const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / (values.length || 1);

function pointOf(n: number, judged: readonly Judged[]): Point {
  const its = judged.filter(({ confidence }) => binOf(confidence) === n);
  const agreed = its.filter((one) => one.agreed).length;
  const range = { from: n / bins, to: (n + 1) / bins, count: its.length };
  return {
    ...range,
    confidence: mean(its.map((one) => one.confidence)),
    agreed: agreed / (its.length || 1),
    ...wilson(agreed, its.length),
  };
}

function proposedFor(judged: readonly Judged[]): number | null {
  const thresholds = [...new Set(judged.map(({ confidence }) => Math.floor(confidence * 100 + 1e-9) / 100))].toSorted(
    (a, b) => a - b,
  );
  const holds = (threshold: number) => {
    const its = judged.filter(({ confidence }) => confidence >= threshold);
    return wilson(its.filter(({ agreed }) => agreed).length, its.length).low >= wantedAgreement;
  };
  return thresholds.find(holds) ?? null;
}
