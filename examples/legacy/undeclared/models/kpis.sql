-- The table that nobody builds
-- It was there once, on somebody's cluster. No file of the project makes it, and no order of builds knows it.
-- Repair: declare it as a source, or write the model that makes it and refer to that.
select date, week, sum(project_created) as projects_created
from dev.public.project_kpis
group by date, week
