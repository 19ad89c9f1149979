"""Consultations (notice 三（二）2): what becomes of them, and pairings (结对帮扶) that grow out of them."""

from consultations.models.pairings import (
    Pairing,
    PairingContact,
    PairingQuerySet,
    PairingStep,
    Placement,
    PlacementProof,
    PlacementQuerySet,
)

__all__ = [
    "Pairing",
    "PairingContact",
    "PairingQuerySet",
    "PairingStep",
    "Placement",
    "PlacementProof",
    "PlacementQuerySet",
]
