set timezone to 'UTC'
