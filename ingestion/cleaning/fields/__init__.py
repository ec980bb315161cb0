"""One module per kind of field that a cleaning schema may name: how it turns raw columns into output columns and flags."""
