{{!--
  The name of a customer's change of ARR. A customer's first change can only lead up from nothing,
  so the first of all changes is what tells `new` from `reactivation`.
--}}
{{#macro "movement" as |opening closing change_number|}}case
    when {{change_number}} = 1 then 'new'
    when {{opening}} = 0 then 'reactivation'
    when {{closing}} = 0 then 'churn'
    when {{closing}} > {{opening}} then 'expansion'
    else 'contraction'
  end{{/macro}}
