"""Protection and attack of a month's figures, in a process of its own: HiGHS and CP-SAT cannot share one.

True counts come in through a pipe and are in no file, no table and no log; what may be public comes out.
"""
