"""Plain values of single persons, opened with the key that stands outside the warehouse. Nothing here is written anywhere.

Not here: who may ask (access/policy.py), that every asking is written down (repositories/plain.py).
"""
