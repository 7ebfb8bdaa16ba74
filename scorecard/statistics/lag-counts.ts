import { bucketOf } from './log-scale.ts';

const hour = 3_600_000;

/** When the UTC hour began. */
export const hourOf = (at: number): Date => new Date(Math.floor(at / hour) * hour);

/** How long work waited, by hours and queues, since it was last taken. */
export class LagCounts {
  #counts = new Map<string, number>();

  add(queue: string, at: number, ms: number): void {
    this.#put(JSON.stringify([hourOf(at), queue, bucketOf(Math.max(0, ms))]), 1);
  }

  /** What was counted; from now on it is counted anew. */
  take(): { hour: Date; queue: string; bucket: number; count: number }[] {
    const taken = [...this.#counts];
    this.#counts = new Map();
    return taken.map(([key, count]) => {
      const [at, queue, bucket] = JSON.parse(key) as [string, string, number];
      return { hour: new Date(at), queue, bucket, count };
    });
  }

  /** Takes back what was taken and could not be kept. */
  putBack(taken: ReturnType<LagCounts['take']>): void {
    for (const { hour, queue, bucket, count } of taken) this.#put(JSON.stringify([hour, queue, bucket]), count);
  }

  #put(key: string, count: number): void {
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + count);
  }
}
