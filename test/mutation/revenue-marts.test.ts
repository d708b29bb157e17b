import { testMutantsOf } from './reference-mutants.ts';

testMutantsOf(['arr', 'arr_bridge', 'arr_movements', 'arr_cancelled_by_reason', 'tall_table']);
