{{!-- A date some days, weeks, months or years after another; dateadd itself gives a timestamp. --}}
{{#macro "date_plus" as |part count day|}}cast({{dateadd part count day}} as date){{/macro}}
