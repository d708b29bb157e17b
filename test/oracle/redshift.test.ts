import { beforeEach, expect, test } from 'vitest';
import { describeRedshift } from '../support/redshift/database.ts';
import { AWS_ENVIRONMENT, setEnvironment } from '../support/s3/s3-place.ts';
import { dayOf } from './calendar.ts';
import { differencesText } from './compare.ts';
import { Dice } from './dice.ts';
import { land } from './landing-zone.ts';
import { oddRows } from './odd-rows.ts';
import { onRedshift } from './on-redshift.ts';
import { ReferenceProject } from './reference-project.ts';

describeRedshift(
  'on the stand-in for Redshift the published relations are what the oracle computes',
  (redshift) => {
    const projects: ReferenceProject[] = [];

    beforeEach(async () => {
      await redshift.clear();
      const client = await redshift.connect();
      await client.query(`create user tableau password 'Not1used'`);
      const restore = setEnvironment(AWS_ENVIRONMENT);
      return () => {
        restore();
        for (const project of projects.splice(0)) project.remove();
      };
    });

    test('the end of a year', { timeout: 300_000 }, async () => {
      const project = new ReferenceProject(onRedshift(redshift));
      projects.push(project);
      const options = { asOf: '2025-12-31', timezone: 'UTC' };
      await project.build({
        ...options,
        generate: { seed: 1, days: 90, users: 90, asOf: '2025-12-31' },
        dataTests: true,
      });
      expect(differencesText(project.foretold(options), await project.published())).toBe('');
    });

    test('odd rows in Berlin', { timeout: 300_000 }, async () => {
      const project = new ReferenceProject(onRedshift(redshift));
      projects.push(project);
      const options = { asOf: '2024-03-31', timezone: 'Europe/Berlin' };
      land(project.landing, oddRows(new Dice(1), dayOf('2024-03-31')));
      await project.build(options);
      expect(differencesText(project.foretold(options), await project.published())).toBe('');
    });
  },
);
