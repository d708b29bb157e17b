import { dayNumber, defineSeed, isoDay } from 'modelwright';

/** The calendar, whole years. `week` is the ISO week beside the calendar year, as the sheet has always had it: join on iso_year. */
export default defineSeed({
  columns: {
    date: 'date',
    week: 'integer',
    quarter: 'integer',
    year: 'integer',
    iso_year: 'integer',
    iso_week: 'integer',
    week_start: 'date',
    month_start: 'date',
    quarter_start: 'date',
    is_weekend: 'boolean',
  },

  *rows(_partition, context) {
    const last = dayNumber(`${context.asOf.slice(0, 4)}-12-31`);
    for (let day = dayNumber(`${context.firstDay.slice(0, 4)}-01-01`); day <= last; day++) {
      const date = isoDay(day);
      const year = Number(date.slice(0, 4));
      const month = Number(date.slice(5, 7));
      const quarter = Math.ceil(month / 3);
      // 1970-01-01 was a Thursday.
      const weekday = (day + 3) % 7;
      const monday = day - weekday;
      // The ISO year of a week is the year of its Thursday.
      const isoYear = Number(isoDay(monday + 3).slice(0, 4));
      const isoWeek = Math.floor((monday + 3 - dayNumber(`${isoYear}-01-01`)) / 7) + 1;
      const quarterStart = `${year}-${String(quarter * 3 - 2).padStart(2, '0')}-01`;
      yield [
        date,
        isoWeek,
        quarter,
        year,
        isoYear,
        isoWeek,
        isoDay(monday),
        `${date.slice(0, 8)}01`,
        quarterStart,
        weekday >= 5,
      ];
    }
  },
});
