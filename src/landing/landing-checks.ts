import { text } from 'node:stream/consumers';
import { changedProbe } from '../diagnostic/catalogue/check.ts';
import type { Check } from '../diagnostic/check.ts';
import { counted } from '../diagnostic/counted.ts';
import { DiagnosticError } from '../diagnostic/diagnostic.ts';
import type { LandingPlace } from '../project/project.ts';
import { openLanding } from './open-landing.ts';

const CONTENT = 'What a landing zone takes it gives back.\n';

/** What a landing zone is used for, tried with an object of a name that nobody else has. */
export function landingChecks(place: LandingPlace): readonly Check[] {
  const probe = `_debug-${process.pid}-${Date.now()}`;
  const open = () => openLanding(place);
  return [
    {
      ...{ what: 'landing list', needs: [] },
      look: async () => {
        const landing = await open();
        return `${landing.address} holds ${counted((await landing.tables()).length, 'table')}`;
      },
    },
    {
      ...{ what: 'landing write', needs: [] },
      look: async () => {
        await (await open()).write(probe, Buffer.from(CONTENT));
        return `${probe} is written`;
      },
    },
    {
      ...{ what: 'landing read', needs: ['landing write'] },
      look: async () => {
        const landing = await open();
        const found = await text(await landing.read(probe));
        if (found === CONTENT) return 'what was written comes back';
        throw new DiagnosticError([changedProbe({ address: landing.address, path: probe })]);
      },
    },
    {
      ...{ what: 'landing remove', needs: ['landing write'] },
      look: async () => {
        await (await open()).remove(probe);
        return `${probe} is gone`;
      },
    },
  ];
}
