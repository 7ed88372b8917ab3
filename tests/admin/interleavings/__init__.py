"""Two tabs, a clock, a session that ends and a server that is killed, in random order: is a word ever lost?

`python -m tests.admin.interleavings --runs 1000` prints the table; `tests/admin/test_interleavings.py` runs a few.
"""
