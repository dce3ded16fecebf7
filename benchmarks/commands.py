"""CPU time of whole commands, as ratios to a bare interpreter of the same run.

Each figure is the minimum of several runs (user + system seconds, children included): machines are noisy, the
minimum is what the work costs.
"""

import argparse
import resource
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples"
COMMANDS = {
    "bare interpreter": ["-c", "pass"],
    "mingcha --help": ["-m", "mingcha", "--help"],
    "mingcha rules list": ["-m", "mingcha", "rules", "list"],
    "mingcha policy (zh, HTML)": ["-m", "mingcha", "policy", str(SAMPLES / "policies" / "careful.zh.html")],
    "mingcha app (careless)": ["-m", "mingcha", "app", str(SAMPLES / "apps" / "careless.apk")],
    "mingcha check (careless pair)": [
        "-m",
        "mingcha",
        "check",
        str(SAMPLES / "apps" / "careless.apk"),
        "--policy",
        str(SAMPLES / "policies" / "careless.zh.txt"),
    ],
}


def cpu_seconds(words: list[str]) -> float:
    """Return the CPU seconds one run of the interpreter with ``words`` takes, its children included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


def main() -> None:
    """Print a Markdown table of CPU seconds and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    best = {name: min(cpu_seconds(words) for _ in range(runs)) for name, words in COMMANDS.items()}
    bare = best["bare interpreter"]
    print(f"Minimum of {runs} runs, Python {sys.version.split()[0]}.\n")
    print("| command | CPU s | × bare interpreter |\n| --- | --- | --- |")
    for name, seconds in best.items():
        print(f"| {name} | {seconds:.2f} | {seconds / bare:.0f} |")


if __name__ == "__main__":
    main()
