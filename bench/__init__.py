"""The figures of docs/figures.md, each measured beside its limit or a peer in the same run."""
