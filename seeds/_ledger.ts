import { PLANS, REASONS, type SubscriptionRow, TYPES } from './_subscription.ts';

/** Numbers that a row takes. */
const WIDTH = 13;
const NONE = -1;

/**
 * Keeps many rows in the order in which they come, and gives those of a day of recording. As numbers they take a tenth
 * of the memory of objects: choices by their places, discounts in 1/10,000.
 */
export class Ledger {
  readonly #firstDay: number;
  /** The places of each day's rows. */
  readonly #days: number[][];
  #numbers = new Int32Array(1024 * WIDTH);
  #rows = 0;

  constructor(firstDay: number, days: number) {
    this.#firstDay = firstDay;
    this.#days = Array.from({ length: days }, () => []);
  }

  add(row: SubscriptionRow): void {
    const { terms } = row;
    const at = this.#rows * WIDTH;
    if (at === this.#numbers.length) this.#grow();
    this.#days[Math.floor(row.recordedAt / 86_400) - this.#firstDay]?.push(this.#rows++);
    this.#numbers.set(
      [
        ...[row.user, row.sequence - row.user * 1000, row.subscription, row.effectiveDay],
        row.recordedAt - this.#firstDay * 86_400,
        ...[TYPES.indexOf(row.type), PLANS.indexOf(terms.plan), terms.yearly ? 1 : 0],
        ...[terms.quantity ?? NONE, terms.priceCents],
        terms.discount === null ? NONE : Math.round(terms.discount * 10_000),
        ...[row.tenure, REASONS.findIndex((reason) => reason === row.reason)],
      ],
      at,
    );
  }

  /** What was recorded on a day, in the order in which it was added. */
  *recordedOn(day: number): Iterable<SubscriptionRow> {
    for (const place of this.#days[day - this.#firstDay] ?? []) yield this.#row(place);
  }

  #row(place: number): SubscriptionRow {
    const at = place * WIDTH;
    const [user = 0, ordinal = 0, subscription = 0, effectiveDay = 0, second = 0, ...more] =
      this.#numbers.subarray(at, at + WIDTH);
    const [type = 0, plan = 0, yearly, quantity = 0, priceCents = 0, discount = 0, tenure = 0, reason = 0] =
      more;
    return {
      ...{ user, sequence: user * 1000 + ordinal, subscription, effectiveDay, tenure },
      recordedAt: this.#firstDay * 86_400 + second,
      type: TYPES[type] ?? 'new',
      terms: {
        plan: PLANS[plan] ?? 'basic',
        yearly: yearly === 1,
        quantity: quantity === NONE ? null : quantity,
        priceCents,
        discount: discount === NONE ? null : discount / 10_000,
      },
      reason: REASONS[reason] ?? null,
    };
  }

  #grow(): void {
    const larger = new Int32Array(this.#numbers.length * 2);
    larger.set(this.#numbers);
    this.#numbers = larger;
  }
}
