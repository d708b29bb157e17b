{{!--
  The quotient of two whole numbers, rounded half up at the sixth digit; NULL where the divisor is 0.
  It is worked out in whole numbers, because engines disagree on what dividing two numerics gives:
  floor((2 * 10^6 * a + b) / 2b) is 10^6 * a / b rounded half up, exactly, for a >= 0 and b > 0.
--}}
{{#macro "ratio" as |dividend divisor|}}case
    when {{divisor}} <> 0 then cast(
      (cast({{dividend}} as bigint) * 2000000 + cast({{divisor}} as bigint)) / (cast({{divisor}} as bigint) * 2)
      as numeric(18, 0)
    ) * 0.000001
  end{{/macro}}
