"""The attack on a report before anybody can read it: what a patient reader could work out from all releases together.

Shares no line with the protection that it judges, and reads only what a reader has: the files of the bundles. The attack
itself (`attacking`) loads HiGHS and so lives in a process of its own; what it finds (`findings`) is for everybody.
"""
