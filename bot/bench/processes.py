"""Memory of processes, from ``/proc``."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")
_MEGABYTE_IN_KB = 1024


def group(leader: int, proc: Path = PROC) -> list[int]:
    """The processes of a process group: a child and all it started."""
    found = []
    for stat in proc.glob("[0-9]*/stat"):
        with suppress(OSError, ValueError, IndexError):
            # The second field is the name in brackets and may hold anything; the group is the third after it.
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[2]) == leader:
                found.append(int(stat.parent.name))
    return sorted(found)


def memory(leader: int, proc: Path = PROC) -> float:
    """Megabytes that the processes of a group take; what they share counts once (proportional set size)."""
    return sum(_pss(pid, proc) for pid in group(leader, proc))


def _pss(pid: int, proc: Path) -> float:
    with suppress(OSError):
        for line in (proc / str(pid) / "smaps_rollup").read_text().splitlines():
            name, _, value = line.partition(":")
            if name == "Pss":
                return int(value.split()[0]) / _MEGABYTE_IN_KB
    return 0.0
