#!/usr/bin/env python3
"""Makes examples/data/jargon.tsv out of the Jargon File in dict format.

Source: the Jargon File, version 4.4.7, 29 Dec 2003, in the public domain ("This document (the Jargon
File) is in the public domain, to be freely used, shared, and modified."), as the Debian package
dict-jargon 4.4.7-3.1 carries it.

usage: jargon.py jargon.index jargon.dict.dz > examples/data/jargon.tsv

One line an entry: the headword, a tab, the definition on one line. Cross-references stay in {braces}.
"""
import gzip
import re
import sys

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def number(text):
    n = 0
    for c in text:
        n = n * 64 + DIGITS.index(c)
    return n


def main(index, data):
    with gzip.open(data) as f:
        body = f.read()
    spans = {}
    with open(index, encoding="utf-8") as f:
        for line in f:
            word, start, size = line.rstrip("\n").split("\t")
            if not word.startswith("00"):
                spans.setdefault((number(start), number(size)), word)
    seen = set()
    for (start, size) in sorted(spans):
        text = body[start:start + size].decode("utf-8")
        head, _, rest = text.partition("\n")
        # what follows the headword up to the first empty line is pronunciation and part of speech
        _, _, rest = rest.partition("\n\n")
        head = re.sub(r"\s+", " ", head).strip()
        rest = re.sub(r"\s+", " ", rest).strip()
        if head and rest and head.lower() not in seen:
            seen.add(head.lower())
            print(f"{head}\t{rest}")


main(*sys.argv[1:])
