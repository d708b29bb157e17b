{{!-- How a hand-typed name is looked up in a seed of spellings: the seeds hold trimmed lower case. --}}
{{#macro "spelling_key" as |name|}}lower(trim({{name}})){{/macro}}

{{!-- A dimension value that is missing, or that no spelling maps, keeps its row under one visible name. --}}
{{#macro "known" as |value|}}coalesce({{value}}, '(unknown)'){{/macro}}
