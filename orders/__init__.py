"""The filing order: dossier, state table, wizard, review desk, bureau hand-over."""
