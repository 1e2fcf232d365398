"""A street network as bytes, to be kept and read back quickly."""

from __future__ import annotations

import io
from dataclasses import fields

import numpy as np

from hustings.core.walk.network import StreetNetwork

VERSION = 1


def pack(streets: StreetNetwork) -> bytes:
    """Compressed arrays; about a megabyte for a town."""
    arrays = {
        field.name: getattr(streets, field.name)
        for field in fields(streets)
        if field.name != "street_names"
    }
    names = np.array([name.encode() for name in streets.street_names] or [b""], dtype=bytes)
    file = io.BytesIO()
    np.savez_compressed(
        file,
        version=np.array(VERSION),
        names=names,
        named=np.array(len(streets.street_names)),
        **arrays,
    )
    return file.getvalue()


def unpack(content: bytes) -> StreetNetwork:
    """The same network; nothing but arrays is read, so the bytes cannot run anything."""
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        names = tuple(name.decode() for name in file["names"][: int(file["named"])].tolist())
        return StreetNetwork(
            street_names=names,
            **{
                field.name: file[field.name]
                for field in fields(StreetNetwork)
                if field.name != "street_names"
            },
        )
