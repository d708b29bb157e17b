-- One row a metric of tall_table: the catalogue of macros/metrics.ts as a relation.
{{#each (metrics) as |metric|}}
{{#unless @first}}
union all
{{/unless}}
select
  {{literal metric.model}} as model,
  {{literal metric.name}} as metric,
  {{literal metric.label}} as metric_label,
  {{literal metric.unit}} as unit,
  {{literal metric.additivity}} as additivity
{{/each}}
