#!/usr/bin/env python3
"""Packs the first events of scenarios/data/events.jsonl in every way a file may come.

Needs the program zstd and the library libbrotlienc (Debian: zstd, libbrotli1).
"""
import ctypes
import gzip
import pathlib
import subprocess
import zlib

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parents[2] / "scenarios" / "data" / "events.jsonl"
OUT = HERE / "packed"


def brotli(data):
    library = ctypes.CDLL("libbrotlienc.so.1")
    size = ctypes.c_size_t(len(data) + 1024)
    out = ctypes.create_string_buffer(size.value)
    assert library.BrotliEncoderCompress(11, 22, 0, ctypes.c_size_t(len(data)), data,
                                         ctypes.byref(size), out)
    return out.raw[:size.value]


def zstd(data):
    return subprocess.run(["zstd", "-q", "-19", "-c"], input=data, capture_output=True,
                          check=True).stdout


def main():
    OUT.mkdir(exist_ok=True)
    lines = SOURCE.read_bytes().splitlines(keepends=True)[:60]
    data, half = b"".join(lines), b"".join(lines[:25])
    rest = data[len(half):]
    files = {
        "events.jsonl": data,
        "events.jsonl.gz": gzip.compress(data, mtime=0),
        "events.jsonl.zlib": zlib.compress(data, 9),
        "events.jsonl.zst": zstd(data),
        "events.jsonl.br": brotli(data),
        # `cat a.gz b.gz` and `cat a.zst b.zst` are one file to gzip and zstd.
        "two-members.gz": gzip.compress(half, mtime=0) + gzip.compress(rest, mtime=0),
        "two-frames.zst": zstd(half) + zstd(rest),
    }
    for name, content in files.items():
        (OUT / name).write_bytes(content)


if __name__ == "__main__":
    main()
