"""Runs commands and says how long they took and how much memory they held."""

import os
import subprocess
import sys
import tempfile
import time
import typing

# "Done" and "done, with something to look at", as real data has.
ENDED_WELL = (0, 3)


class Failed(Exception):
    """A step did not work; says which and how."""


def say(*words):
    print(*words, file=sys.stderr, flush=True)


class Ended(typing.NamedTuple):
    """What a command that ended well said and took."""

    out: str
    err: str
    seconds: float
    # Of all its threads, in the program and in the system: other load lengthens it less than seconds.
    processor: float
    # Resident memory in MB.
    peak: float


def child(command):
    """Runs a command; gives its output, error output, seconds and peak resident memory in MB."""
    ended = measured(command)
    return ended.out, ended.err, ended.seconds, ended.peak


def measured(command):
    """Runs a command and measures it."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.perf_counter()
        process = subprocess.Popen([str(part) for part in command], stdout=out, stderr=err)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - start
        texts = []
        for stream in (out, err):
            stream.seek(0)
            texts.append(stream.read().decode(errors="replace"))
    if process.returncode not in ENDED_WELL:
        last = texts[1].strip().splitlines()[-3:]
        said = " ".join(map(str, command))
        raise Failed(f"`{said}` ended with {process.returncode}: {' / '.join(last)}")
    # Kilobytes on Linux, bytes on macOS.
    peak = usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)
    return Ended(*texts, seconds, usage.ru_utime + usage.ru_stime, peak)
