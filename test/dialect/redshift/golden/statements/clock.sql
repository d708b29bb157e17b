select getdate() as now
