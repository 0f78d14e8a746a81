"""How fast `midback analyse` goes through a film, and whether its memory stays flat. In: a clip. Out: two tables.

    taskset -c 0 python bench/analyse.py CLIP              # speed, and 10 minutes of film
    taskset -c 0 python bench/analyse.py CLIP --minutes 60

The long film is the clip, its packets copied one after another as often as needed, so it is decoded like any other.
Every picture is looked at. A machine that does other work is slower in all: the network alone, in the same run, is the
measure. Speed is film seconds by seconds of one core, and by the clock beside it.
"""

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from midback.app.analysing import Wanted, analyse
from midback.catalogue.load import load_catalogue
from midback.sense.pictures.port import open_pictures
from midback.sense.pose.networks import open_networks
from midback.vendored import pose_bundle


def looped(clip: Path, out: Path, minutes: float) -> None:
    """Write the clip's packets again and again until so many minutes are full."""
    with av.open(str(clip)) as source, av.open(str(out), "w") as film:
        taken = source.streams.video[0]
        stream = film.add_stream_from_template(taken)
        base = taken.time_base or Fraction(1, 90_000)
        offset = 0
        while offset * base < minutes * 60:
            last = offset
            source.seek(0)
            for packet in source.demux(taken):
                if packet.dts is None or packet.pts is None:
                    continue
                packet.pts += offset
                packet.dts += offset
                last = max(last, packet.pts + (packet.duration or 1))
                packet.stream = stream
                film.mux(packet)
            offset = last


def rss_mb() -> float:
    """Return the memory this process holds now, in MB."""
    with Path("/proc/self/statm").open() as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def speed(clip: Path, wanted: Wanted) -> dict[str, float]:
    """Analyse a clip once and return its figures."""
    catalogue = load_catalogue()
    analyse(clip, Wanted(exercise=wanted.exercise, seconds=1), catalogue)  # the networks are loaded once
    clock, core = time.perf_counter(), time.process_time()
    found = analyse(clip, wanted, catalogue)
    clock, core = time.perf_counter() - clock, time.process_time() - core
    with open_pictures(clip) as pictures:
        begun = time.process_time()
        frames = sum(1 for _ in pictures)
        decoding = time.process_time() - begun
    film = found.quality.seconds
    raw = network_ms()
    return {
        "film_s": round(film, 2),
        "frames": found.quality.frames,
        "core_ms_a_frame": round(1000 * core / found.quality.frames, 2),
        "of_it_decoding_ms": round(1000 * decoding / frames, 2),
        "of_it_network_ms": raw,
        "times_the_network": round(1000 * core / found.quality.frames / raw, 2),
        "real_time_by_core": round(film / core, 2),
        "real_time_by_clock": round(film / clock, 2),
        "repetitions": found.verified.repetitions if found.verified else 0,
    }


def network_ms(times: int = 200) -> float:
    """Return what one run of the landmark network alone takes of a core, in ms, now and here."""
    _, landmarker = open_networks(pose_bundle("full"), 1)
    picture = np.zeros((1, 256, 256, 3), np.float32)
    landmarker.run(picture)
    begun = time.process_time()
    for _ in range(times):
        landmarker.run(picture)
    return round(1000 * (time.process_time() - begun) / times, 2)


def memory(clip: Path, minutes: float, every_min: float) -> list[tuple[float, float]]:
    """Analyse a long film and return (minutes of film, MB held) every so many minutes."""
    held: list[tuple[float, float]] = []

    def tell(share: float | None, number: int, t: float) -> None:
        if t >= len(held) * every_min * 60:
            held.append((round(t / 60, 1), round(rss_mb(), 1)))
            print(f"  {t / 60:6.1f} min  {rss_mb():7.1f} MB", flush=True)

    with tempfile.TemporaryDirectory() as folder:
        film = Path(folder) / f"long{clip.suffix}"
        looped(clip, film, minutes)
        found = analyse(film, Wanted(exercise="cat-cow"), load_catalogue(), progress=tell)
    held.append((round(found.quality.seconds / 60, 1), round(rss_mb(), 1)))
    print(f"  whole repetitions: {found.verified.repetitions if found.verified else 0}")
    return held


def main() -> None:
    """Print speed and memory, and the figures as JSON."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("clip", type=Path)
    options.add_argument("--minutes", type=float, default=10.0)
    options.add_argument("--every", type=float, default=5.0)
    asked = options.parse_args()
    cores = len(os.sched_getaffinity(0))
    if cores > 1:
        print(f"note: {cores} cores; `taskset -c 0` for one", file=sys.stderr)
    figures = speed(asked.clip, Wanted(exercise="cat-cow"))
    for name, value in figures.items():
        print(f"{name:22} {value}")
    held = memory(asked.clip, asked.minutes, asked.every) if asked.minutes else []
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({**figures, "memory_mb": held, "peak_mb": round(peak, 1), "load": os.getloadavg()[0]}))


if __name__ == "__main__":
    main()
