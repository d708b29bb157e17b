{{!--
  The name of a customer's change of ARR by an amount, to what it is then. A customer's first change can only lead up
  from nothing, so the first of all changes is what tells `new` from `reactivation`.
--}}
{{#macro "movement" as |amount arr_closing change_number|}}case
    when {{change_number}} = 1 then 'new'
    when {{arr_closing}} = {{amount}} then 'reactivation'
    when {{arr_closing}} = 0 then 'churn'
    when {{amount}} > 0 then 'expansion'
    else 'contraction'
  end{{/macro}}
