"""The same log and secret give the same bytes, whatever order sets have and however many threads there are."""

import os
import subprocess
import sys


def test_releases_are_the_same_bytes_with_other_hashes_and_threads() -> None:
    settings = [{"PYTHONHASHSEED": "1", "OMP_NUM_THREADS": "1"}, {"PYTHONHASHSEED": "77", "OMP_NUM_THREADS": "4"}]
    command = [sys.executable, "-m", "tests.reports.digest"]

    running = [subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, **one}) for one in settings]

    digests = [one.communicate()[0].decode() for one in running]
    assert [one.returncode for one in running] == [0, 0]
    assert len(digests[0]) == 64
    assert digests[0] == digests[1]
