"""The vault, under the name that the registry and what stands above it know it by."""

from timpora.vault import (
    SealBroken,
    Vault,
    VaultBroken,
    VaultError,
    VaultExposed,
    VaultMissing,
    VaultPresent,
    VaultReadable,
    current,
    normalised,
)

__all__ = [
    "SealBroken",
    "Vault",
    "VaultBroken",
    "VaultError",
    "VaultExposed",
    "VaultMissing",
    "VaultPresent",
    "VaultReadable",
    "current",
    "normalised",
]
