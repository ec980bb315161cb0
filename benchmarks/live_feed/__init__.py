"""A live feed through a real broker: what is lost, what comes twice, and how fast each leg of the way is by itself."""
