import type { Random } from 'modelwright';

/** How people and clients write a platform; `platform_spellings.csv` knows all of them. */
const PLATFORM_SPELLINGS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  web: ['Web', 'WEB', 'web ', ' web', 'browser', 'Desktop Web', 'www'],
  mobile: ['mob', 'Mobile', 'MOBILE ', 'mobile app', 'iOS', 'Android', 'phone'],
};

/** How they write a country; `country_spellings.csv` knows all of them, beside other capitals and blanks. */
const COUNTRY_SPELLINGS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  'United States': ['USA', 'US', 'U.S.A.', 'United States of America', 'usa '],
  'United Kingdom': ['UK', 'GB', 'Great Britain', 'U.K.'],
  Germany: ['DE', 'Deutschland', 'GER'],
  India: ['IN', 'Bharat', 'IND'],
  Brazil: ['BR', 'Brasil', 'BRA'],
  France: ['FR', 'FRA', 'République française'],
  Canada: ['CA', 'CAN'],
  Japan: ['JP', 'JPN', 'Nippon'],
  Australia: ['AU', 'AUS'],
  Spain: ['ES', 'España', 'ESP'],
};

const UNMAPPED_PLATFORMS = ['', null, 'n/a', 'smart-tv'] as const;
const UNMAPPED_COUNTRIES = ['', null, '??', 'Atlantis'] as const;
const UNMAPPED_SHARE = 0.1;

/** A platform as it should not be written. */
export function misspeltPlatform(platform: string, random: Random): string | null {
  if (random.chance(UNMAPPED_SHARE)) return random.pick(UNMAPPED_PLATFORMS);
  return random.pick(PLATFORM_SPELLINGS[platform] ?? [platform]);
}

/** A country as it should not be written. */
export function misspeltCountry(country: string, random: Random): string | null {
  if (random.chance(UNMAPPED_SHARE)) return random.pick(UNMAPPED_COUNTRIES);
  const variants = [country.toUpperCase(), country.toLowerCase(), ` ${country}`, `${country} `] as const;
  return random.pick([...variants, ...(COUNTRY_SPELLINGS[country] ?? [])]);
}
