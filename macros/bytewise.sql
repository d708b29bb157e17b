{{!-- Text in the order of its bytes. Engines with collations sort by language unless told otherwise. --}}
{{#macro "bytewise" as |text|}}{{text}}{{/macro}}
{{#macro "bytewise" adapter="postgres" as |text|}}{{text}} collate "C"{{/macro}}
