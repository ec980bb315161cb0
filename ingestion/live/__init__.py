"""A feed that never ends, kept on disk until the next run lands it. Not here: landing (pulling), protocols (connectors)."""
