"""A synthetic street: five source systems with all their dirt, and the truth beside them.

Here: the seeded generator, its writers, the increments of later days, and a civil-affairs server. Not here: anything that the
pipeline uses in earnest; nothing outside tests, benchmarks and `yidang demo` may import it.
"""
