import { type CsvCell, csvCell, defineSeed, type SeedContext } from 'modelwright';
import { COUNTRIES, PLATFORMS, type Population, population } from './_population.ts';

const CHANNELS = [
  'organic',
  'organic',
  'organic',
  'paid search',
  'paid search',
  'referral',
  'social',
  'partner',
] as const;
const COMPANY_SHARE = 0.6;
const EMAIL_HOSTS = ['example.com', 'example.org', 'example.net'] as const;
const POOL = 2048;

interface People {
  readonly population: Population;
  readonly pools: { readonly first: Name[]; readonly last: Name[]; readonly company: CsvCell[] };
}

/** A name, and how it is written in an address. */
interface Name {
  readonly name: string;
  readonly mailbox: string;
}

/** Everybody who signed up, one row each. Names are invented; addresses are of hosts that exist for examples. */
export default defineSeed<People>({
  columns: {
    user_id: 'varchar',
    signup_ts: 'timestamp',
    country: 'varchar',
    platform: 'varchar',
    acquisition_channel: 'varchar',
    timezone: 'varchar',
    is_internal: 'boolean',
    full_name: 'varchar',
    email: 'varchar',
    company: 'varchar',
  },

  prepare: async (context) => ({ population: population(context), pools: await namePools(context) }),

  *write(_partition, writer, context, { population: people, pools }) {
    const random = context.random('users');
    for (let user = 0; user < people.users; user++) {
      const country = COUNTRIES[people.country[user] ?? 0] ?? COUNTRIES[0];
      const first = pools.first[random.below(POOL)] ?? NOBODY;
      const last = pools.last[random.below(POOL)] ?? NOBODY;
      const internal = people.internal[user] === 1;
      writer.numbered(USER_PREFIX, user + 1, 7);
      writer.timestamp(people.signup[user] ?? 0);
      writer.text(country.name);
      writer.text(PLATFORMS[people.platform[user] ?? 0] ?? 'web');
      writer.text(random.pick(CHANNELS));
      writer.text(country.timezone);
      writer.text(String(internal));
      writer.text(`${first.name} ${last.name}`);
      // Unique by the user's number.
      writer.text(`${first.mailbox}.${last.mailbox}.${user + 1}@${random.pick(EMAIL_HOSTS)}`);
      if (random.chance(COMPANY_SHARE)) writer.bytes(pools.company[random.below(POOL)] ?? USER_PREFIX);
      else writer.null();
      writer.endRow();
      if (writer.full) yield;
    }
  },
});

const USER_PREFIX = csvCell('u');
const NOBODY = named('');

async function namePools(context: SeedContext): Promise<People['pools']> {
  const { faker } = await import('@faker-js/faker/locale/en');
  faker.seed(context.random('names').bits());
  const pool = (make: () => string) => Array.from({ length: POOL }, make);
  return {
    first: pool(() => faker.person.firstName()).map(named),
    last: pool(() => faker.person.lastName()).map(named),
    company: pool(() => faker.company.name()).map((name) => csvCell(name)),
  };
}

function named(name: string): Name {
  return { name, mailbox: name.toLowerCase().replace(/[^a-z.]/g, '') };
}
