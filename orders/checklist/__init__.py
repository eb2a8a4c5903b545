"""The initial reviewer's checklist: items are data, answers are rows."""
