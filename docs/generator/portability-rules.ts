import { pageAddress, portabilityRules } from '../../src/compile/portability/rules.ts';
import { code, table } from './markdown.ts';

/** All rules of the portability lint, in the order of their codes. */
export function portabilityRuleReference(): string {
  return table(
    ['code', '', 'what', 'why'],
    portabilityRules.map(({ code: name, severity, what, why, page }) => [
      code(name),
      severity,
      what,
      `${why} [AWS](${pageAddress(page)})`,
    ]),
  );
}
