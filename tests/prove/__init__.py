"""Long proofs; `./dev prove [name]` at full size, `./dev test` runs each of them small."""
