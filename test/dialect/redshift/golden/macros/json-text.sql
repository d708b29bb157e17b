select
  nullif(json_extract_path_text(payload, 'device', 'o''s'), '') as r1
from t
