"""Medians, ratios and tables."""

import platform
from statistics import median


def spread(values):
    return f"{min(values):.2f}–{max(values):.2f}" if values else "-"


def ratios(rounds, name, reference, key):
    """The ratio to the reference server in the same round, for each round that has both."""
    return [r[name][key] / r[reference][key] for r in rounds if name in r and reference in r and r[reference][key] > 0]


def middle(values):
    return median(values) if values else float("nan")


def table(head, rows):
    """A Markdown table whose columns line up."""
    cells = [[str(c) for c in row] for row in [head, *rows]]
    widths = [max(len(row[i]) for row in cells) for i in range(len(head))]
    lines = ["| " + " | ".join(c.ljust(w) for c, w in zip(row, widths)) + " |" for row in cells]
    lines.insert(1, "|" + "|".join("-" * (w + 2) for w in widths) + "|")
    return "\n".join(lines)


def machine_facts():
    """The machine in general terms."""
    cpus = memory = 0
    with open("/proc/cpuinfo") as info:
        text = info.read()
        cpus = text.count("processor\t")
        model = next((line.split(":", 1)[1].strip() for line in text.splitlines() if line.startswith("model name")), "?")
    with open("/proc/meminfo") as info:
        memory = int(info.readline().split()[1]) // (1 << 20)
    return f"{cpus} cores ({model}), {memory} GiB, Linux {platform.release().split('-')[0]}"
