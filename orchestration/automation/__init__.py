"""When the way is walked: the daily schedule, the sensor on new batches."""
