import { testMutantsOf } from './reference-mutants.ts';

testMutantsOf(['daily', 'weekly', 'monthly', 'retention']);
