"""Runs a main class of this module: run_java.py CLASS ARGUMENT..."""

import os
import sys

from machine import benchmarks_class_path, java

if __name__ == "__main__":
    command = java()
    os.execv(command, [command, "-XX:+UseSerialGC", "-Xshare:auto", "-cp", benchmarks_class_path(), *sys.argv[1:]])
