"""How well the assistant understands, measured: ``python -m bot evaluate``. docs/begrijpen.md explains the figures."""
