import { listJson, listRows, listTable, listText } from '../artifact/list-rows.ts';
import type { Dag } from '../manifest/dag.ts';
import type { Selection } from '../manifest/select.ts';
import { rowsCsv } from '../report/rows-csv.ts';

/** A selection as text, JSON or CSV. */
export function listing(dag: Dag, selection: Selection, format: 'text' | 'json' | 'csv'): string {
  switch (format) {
    case 'text':
      return listText(dag, selection);
    case 'json':
      return `${listJson(listRows(dag, selection))}\n`;
    case 'csv':
      return rowsCsv(listTable(listRows(dag, selection)));
  }
}
