import { type CsvWriter, csvCell, dayNumber, defineSeed, isoDay } from 'modelwright';
import { Ledger } from './_ledger.ts';
import { COUNTRIES, type Population, population } from './_population.ts';
import { type SubscriptionRow, subscriptionHistory } from './_subscription.ts';

interface State {
  readonly people: Population;
  readonly ledger: Ledger;
}

/** What happened to subscriptions, one partition for each day of recording; backdated rows lie in later partitions than their effect. */
export default defineSeed<State>({
  columns: {
    event_seq: 'bigint',
    subscription_id: 'varchar',
    user_id: 'varchar',
    effective_at: 'date',
    recorded_at: 'timestamp',
    type: 'varchar',
    subscription_type: 'varchar',
    plan: 'varchar',
    quantity: 'integer',
    subscription_price: 'numeric(12,2)',
    discount: 'numeric(5,4)',
    currency: 'varchar',
    subscription_tenure: 'integer',
    cancel_reason: 'varchar',
  },
  partition: { column: 'load_date', dateOf: 'recorded_at' },

  partitions: ({ firstDay, days }) => Array.from({ length: days }, (_, n) => isoDay(dayNumber(firstDay) + n)),

  prepare(context) {
    const people = population(context);
    const ledger = new Ledger(people.firstDay, context.days);
    for (let user = 0; user < people.users; user++) {
      for (const row of subscriptionHistory(context, people, user)) ledger.add(row);
    }
    return { people, ledger };
  },

  *write(partition, writer, _context, { people, ledger }) {
    for (const row of ledger.recordedOn(dayNumber(partition))) {
      writeRow(writer, row, COUNTRIES[people.country[row.user] ?? 0]?.currency ?? 'USD');
      if (writer.full) yield;
    }
  },
});

function writeRow(writer: CsvWriter, row: SubscriptionRow, currency: string): void {
  const { terms, user } = row;
  writer.integer(row.sequence);
  writer.text(`s${String(user + 1).padStart(7, '0')}-${row.subscription}`);
  writer.numbered(USER_PREFIX, user + 1, 7);
  writer.date(row.effectiveDay);
  writer.timestamp(row.recordedAt);
  writer.text(row.type);
  writer.text(terms.yearly ? 'yearly' : 'monthly');
  writer.text(terms.plan);
  writer.value(terms.quantity);
  writer.decimal(terms.priceCents, 2);
  if (terms.discount === null) writer.null();
  else writer.decimal(Math.round(terms.discount * 10_000), 4);
  writer.text(currency);
  writer.integer(row.tenure);
  writer.value(row.reason);
  writer.endRow();
}

const USER_PREFIX = csvCell('u');
