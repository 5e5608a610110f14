"""The lease of the leader, the runs of jobs, the sending of mails."""

from .leases import release_lease, take_lease
from .mails import send_waiting
from .runs import abandon_runs, claim_run, finish_run, prune

__all__ = ["abandon_runs", "claim_run", "finish_run", "prune", "release_lease", "send_waiting", "take_lease"]
