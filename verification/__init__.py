"""Identity, documents and codes: proof that people and papers are what they say."""
