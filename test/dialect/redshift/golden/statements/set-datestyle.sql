set datestyle to 'ISO, MDY'
