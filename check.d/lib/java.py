"""Programs in one file of Java that use the jars of the distribution."""

import pathlib

from .mailserver import launcher
from .processes import succeed

ROOT = pathlib.Path(__file__).parents[2]


def run(step, program, *words):
    """What the program of that name prints."""
    home = succeed(step, [ROOT / "config/java-home"]).text.strip()
    jars = pathlib.Path(launcher()).parents[1] / "lib/*"
    return succeed(step, [f"{home}/bin/java", "-cp", jars, ROOT / f"check.d/lib/{program}.java", *words]).text
