"""How many different ones there were, from a thousand small numbers that name nobody (HyperLogLog).

Each register remembers the longest run of zeros that any hash falling to it began with. No hash can be found again in
them, and two sketches of the same hashes are merged by taking the greater of each number. Flajolet, Fusy, Gandouet,
Meunier, *HyperLogLog*, 2007, §4: for few ones, empty registers are counted instead.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from hashlib import blake2b

_BITS = 10
REGISTERS = 1 << _BITS
_REST = 64 - _BITS
_ALPHA = 0.7213 / (1 + 1.079 / REGISTERS)
EMPTY = bytes(REGISTERS)


def sketch_of(ones: Iterable[str], salt: bytes) -> bytes:
    """The registers of ``ones``, hashed under ``salt`` (at most 64 bytes)."""
    registers = bytearray(EMPTY)
    for one in ones:
        number = int.from_bytes(blake2b(one.encode("utf-8", "replace"), digest_size=8, key=salt).digest(), "big")
        place, rest = number >> _REST, number & ((1 << _REST) - 1)
        registers[place] = max(registers[place], _REST - rest.bit_length() + 1)
    return bytes(registers)


def merged(one: bytes, other: bytes) -> bytes:
    """The registers of both together."""
    return bytes(map(max, one, other))


def estimate(registers: bytes) -> int:
    """About how many different ones there were; within a few percent, nearly exact below a hundred."""
    raw = _ALPHA * REGISTERS**2 / sum(2.0**-each for each in registers)
    empty = registers.count(0)
    few = raw <= 2.5 * REGISTERS and empty
    return round(REGISTERS * math.log(REGISTERS / empty)) if few else round(raw)
