"""The rule book of identity: weights, vetoes, code lists as YAML, and the one loader that reads them."""
