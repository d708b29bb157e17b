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
    let at = this.#rows * WIDTH;
    if (at === this.#numbers.length) this.#grow();
    const put = (value: number) => {
      this.#numbers[at++] = value;
    };
    const { terms } = row;
    put(row.user);
    put(row.sequence - row.user * 1000);
    put(row.subscription);
    put(row.effectiveDay);
    put(row.recordedAt - this.#firstDay * 86_400);
    put(TYPES.indexOf(row.type));
    put(PLANS.indexOf(terms.plan));
    put(terms.yearly ? 1 : 0);
    put(terms.quantity ?? NONE);
    put(terms.priceCents);
    put(terms.discount === null ? NONE : Math.round(terms.discount * 10_000));
    put(row.tenure);
    put(row.reason === null ? NONE : REASONS.indexOf(row.reason));
    this.#days[Math.floor(row.recordedAt / 86_400) - this.#firstDay]?.push(this.#rows++);
  }

  /** What was recorded on a day, in the order in which it was added. */
  *recordedOn(day: number): Iterable<SubscriptionRow> {
    for (const place of this.#days[day - this.#firstDay] ?? []) yield this.#row(place);
  }

  #row(place: number): SubscriptionRow {
    let at = place * WIDTH;
    const next = () => this.#numbers[at++] ?? 0;
    const user = next();
    return {
      user,
      sequence: user * 1000 + next(),
      subscription: next(),
      effectiveDay: next(),
      recordedAt: this.#firstDay * 86_400 + next(),
      type: TYPES[next()] ?? 'new',
      terms: {
        plan: PLANS[next()] ?? 'basic',
        yearly: next() === 1,
        quantity: orNull(next()),
        priceCents: next(),
        discount: share(orNull(next())),
      },
      tenure: next(),
      reason: REASONS[next()] ?? null,
    };
  }

  #grow(): void {
    const larger = new Int32Array(this.#numbers.length * 2);
    larger.set(this.#numbers);
    this.#numbers = larger;
  }
}

function orNull(value: number): number | null {
  return value === NONE ? null : value;
}

function share(tenThousandths: number | null): number | null {
  return tenThousandths === null ? null : tenThousandths / 10_000;
}
